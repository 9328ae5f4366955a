/**
 * The status codes used here (https://grpc.github.io/grpc/core/md_doc_statuscodes.html).
 */
export const grpcStatus = Object.freeze({
  ok: 0,
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  failedPrecondition: 9,
  unimplemented: 12,
  unavailable: 14,
});

/**
 * A failure that the other side sees as a gRPC status.
 *
 * @example throw new GrpcError(grpcStatus.unimplemented, "Pack is not offered")
 */
export class GrpcError extends Error {
  /**
   * @param {number} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = "GrpcError";
    this.code = code;
  }
}

import { GrpcError, grpcStatus } from "./grpc-error.js";

/** Each message on the wire follows one byte (compressed or not) and four bytes (its length). */
const headerLength = 5;

/**
 * @param {Uint8Array} payload
 * @returns {Buffer}
 */
export function toFrame(payload) {
  const header = Buffer.alloc(headerLength);
  header.writeUInt32BE(payload.length, 1);
  return Buffer.concat([header, payload]);
}

/**
 * The one message of a unary call.
 *
 * @param {readonly Buffer[]} chunks
 * @returns {Uint8Array}
 */
export function fromFrame(chunks) {
  const bytes = Buffer.concat(chunks);
  const complete = bytes.length >= headerLength && bytes.length - headerLength === bytes.readUInt32BE(1);
  if (!complete) {
    throw new GrpcError(grpcStatus.invalidArgument, "expected exactly one complete message");
  }
  if (bytes[0] !== 0) {
    throw new GrpcError(grpcStatus.unimplemented, "compressed messages are not understood");
  }
  return bytes.subarray(headerLength);
}

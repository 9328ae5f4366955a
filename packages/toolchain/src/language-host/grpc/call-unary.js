import { fromFrame, toFrame } from "./frame.js";
import { GrpcError, grpcStatus } from "./grpc-error.js";

/**
 * Makes one unary call over an open HTTP/2 session.
 *
 * @example await callUnary(session, "/pulumirpc.Analyzer/GetPluginInfo", new Uint8Array(), signal)
 * @param {import("node:http2").ClientHttp2Session} session
 * @param {string} path
 * @param {Uint8Array} request
 * @param {AbortSignal} signal
 * @returns {Promise<Uint8Array>}
 */
export async function callUnary(session, path, request, signal) {
  const stream = session.request(
    { ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers" },
    { signal },
  );
  /** @type {import("node:http2").IncomingHttpHeaders} */
  const status = {};
  // A failure without a message comes as headers only, any other end as trailers.
  stream.on("response", (headers) => Object.assign(status, headers));
  stream.on("trailers", (trailers) => Object.assign(status, trailers));
  stream.end(toFrame(request));
  const chunks = await stream.toArray().catch((error) => {
    throw new GrpcError(grpcStatus.unavailable, `${path}: ${error.message}`);
  });
  const code = Number(status["grpc-status"] ?? grpcStatus.unknown);
  if (code !== grpcStatus.ok) throw new GrpcError(code, decodeMessage(status["grpc-message"]));
  return fromFrame(chunks);
}

/** @param {string | string[] | undefined} header */
function decodeMessage(header) {
  try {
    return decodeURIComponent(String(header ?? ""));
  } catch {
    // Not percent-encoded after all: show it as it came.
    return String(header);
  }
}

import { once } from "node:events";
import { createServer } from "node:http2";
import { fromFrame, toFrame } from "./frame.js";
import { GrpcError, grpcStatus } from "./grpc-error.js";

/**
 * @typedef {object} Call
 * @property {string} path `/package.Service/Method`
 * @property {AbortSignal} signal aborted when the caller gives up or is done
 * @property {(message: Uint8Array) => Promise<void>} send one message of a streamed answer
 */

/**
 * Answers a unary call with bytes, a streamed one with `call.send` and nothing.
 *
 * @typedef {(request: Uint8Array, call: Call) => Promise<Uint8Array | undefined>} Method
 */

/** @typedef {{ port: number, close: () => void }} GrpcServer */

/** Policy packs receive whole stacks in one message; Node's own limit of 10 MB is too small for that. */
const sessionMemoryMegabytes = 512;

/**
 * Serves gRPC on a free loopback port with nothing but Node's HTTP/2, so that it
 * works in a folder where nothing has been installed yet.
 *
 * @example const server = await serve((path) => methods.get(path))
 * @param {(path: string) => Method | undefined} findMethod
 * @returns {Promise<GrpcServer>}
 */
export async function serve(findMethod) {
  const server = createServer({ maxSessionMemory: sessionMemoryMegabytes });
  /** @type {Set<import("node:http2").ServerHttp2Session>} */
  const sessions = new Set();
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  server.on("stream", (stream, headers) => {
    const path = headers[":path"] ?? "";
    void answer(stream, path, findMethod(path));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: portOf(server), close: () => closeAll(server, sessions) };
}

/**
 * @param {import("node:http2").Http2Server} server
 * @param {Set<import("node:http2").ServerHttp2Session>} sessions
 */
function closeAll(server, sessions) {
  server.close();
  for (const session of sessions) session.destroy();
}

/** @param {import("node:http2").Http2Server} server */
function portOf(server) {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server is not listening");
  return address.port;
}

/**
 * Never rejects: whatever goes wrong becomes the status of the call.
 *
 * @param {import("node:http2").ServerHttp2Stream} stream
 * @param {string} path
 * @param {Method | undefined} method
 */
async function answer(stream, path, method) {
  const gone = new AbortController();
  stream.once("close", () => gone.abort());
  // A caller that goes away resets its stream; `gone` tells the method.
  stream.on("error", () => gone.abort());
  try {
    if (!method)
      throw new GrpcError(grpcStatus.unimplemented, `${path} is not offered by this language host`);
    const request = fromFrame(await stream.toArray());
    begin(stream);
    const response = await method(request, { path, signal: gone.signal, send: (m) => send(stream, m) });
    if (response) await send(stream, response);
    finish(stream, grpcStatus.ok, "");
  } catch (error) {
    const code = error instanceof GrpcError ? error.code : grpcStatus.unknown;
    finish(stream, code, error instanceof Error ? error.message : String(error));
  }
}

/** @param {import("node:http2").ServerHttp2Stream} stream */
function begin(stream) {
  if (stream.destroyed || stream.headersSent) return;
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
}

/**
 * @param {import("node:http2").ServerHttp2Stream} stream
 * @param {Uint8Array} payload
 */
async function send(stream, payload) {
  if (stream.destroyed || stream.write(toFrame(payload))) return;
  await Promise.race([once(stream, "drain"), once(stream, "close")]);
}

/**
 * @param {import("node:http2").ServerHttp2Stream} stream
 * @param {number} code
 * @param {string} text
 */
function finish(stream, code, text) {
  if (stream.destroyed) return;
  begin(stream);
  stream.once("wantTrailers", () => {
    stream.sendTrailers({ "grpc-status": String(code), "grpc-message": encodeURIComponent(text) });
  });
  stream.end();
}

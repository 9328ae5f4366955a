import { once } from "node:events";
import { connect } from "node:http2";
import { callUnary } from "../grpc/call-unary.js";
import { GrpcError, grpcStatus } from "../grpc/grpc-error.js";
import { serve } from "../grpc/serve.js";
import { readStackConfiguration } from "../messages/requests.js";
import { empty, stdoutChunk } from "../messages/responses.js";
import { readPort } from "./read-port.js";
import { stackEnvironment } from "./stack-environment.js";

/** @typedef {import("../grpc/serve.js").Call} Call */
/** @typedef {import("../grpc/serve.js").Method} Method */
/** @typedef {import("node:http2").ClientHttp2Session} Session */

const service = "/pulumirpc.Analyzer/";
const configureStack = `${service}ConfigureStack`;

/**
 * @typedef {object} PolicyFront
 * @property {() => Promise<Record<string, string>>} environment waits for the engine to tell the stack
 * @property {(stdout: import("node:stream").Readable) => Promise<void>} attach connects to the started pack
 * @property {() => void} close
 */

/**
 * Stands before a policy pack that has not been started yet: announces its own port to
 * the engine, answers the calls that bring the configuration, and hands every other
 * call on to the pack once it runs.
 *
 * @param {Call} call the RunPlugin call, whose output the engine takes for the pack's
 * @returns {Promise<PolicyFront>}
 */
export async function openPolicyFront(call) {
  /** @type {PromiseWithResolvers<Uint8Array | undefined>} */
  const configuration = withResolvers();
  /** @type {PromiseWithResolvers<Session>} */
  const pack = withResolvers();
  pack.promise.catch(() => undefined); // reported by the calls that wait for it
  call.signal.addEventListener("abort", () => configuration.resolve(undefined));
  const methods = ownMethods(configuration);
  /** @type {Method} */
  const handOn = async (request, { path, signal }) => {
    // `pulumi policy publish` asks for the pack's policies without any stack.
    configuration.resolve(undefined);
    return callUnary(await pack.promise, path, request, signal);
  };
  const server = await serve((path) => methods.get(path) ?? handOn);
  await call.send(stdoutChunk(Buffer.from(`${server.port}\n`)));
  return {
    environment: async () => environmentFrom(await configuration.promise),
    attach: (stdout) => attach(stdout, { call, pack, configuration: configuration.promise }),
    close: () => {
      server.close();
      pack.promise.then((session) => session.destroy()).catch(() => undefined);
    },
  };
}

/**
 * @param {PromiseWithResolvers<Uint8Array | undefined>} configuration
 * @returns {Map<string, Method>}
 */
function ownMethods(configuration) {
  return new Map([
    [`${service}Handshake`, async () => empty],
    [
      configureStack,
      async (/** @type {Uint8Array} */ request) => {
        configuration.resolve(request);
        return empty;
      },
    ],
  ]);
}

/** @param {Uint8Array | undefined} configuration */
function environmentFrom(configuration) {
  return configuration ? stackEnvironment(readStackConfiguration(configuration)) : {};
}

/**
 * @param {import("node:stream").Readable} stdout
 * @param {{ call: Call, pack: PromiseWithResolvers<Session>, configuration: Promise<Uint8Array | undefined> }} parts
 */
async function attach(stdout, { call, pack, configuration }) {
  try {
    const port = await readPort(stdout, (rest) => call.send(stdoutChunk(rest)));
    const session = await openSession(port);
    await passConfiguration(session, await configuration, call.signal);
    pack.resolve(session);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    pack.reject(new GrpcError(grpcStatus.unavailable, `policy pack not started: ${reason}`));
  }
}

/** @param {number} port @returns {Promise<Session>} */
async function openSession(port) {
  const session = connect(`http://127.0.0.1:${port}`, { maxSessionMemory: 512 });
  await once(session, "connect");
  // Calls in flight fail by themselves when the pack ends; later ones too.
  session.on("error", () => undefined);
  return session;
}

/**
 * @param {Session} session
 * @param {Uint8Array | undefined} configuration
 * @param {AbortSignal} signal
 */
async function passConfiguration(session, configuration, signal) {
  if (!configuration) return;
  try {
    await callUnary(session, configureStack, configuration, signal);
  } catch (error) {
    // Most packs do not know this call: they read the environment.
    if (!(error instanceof GrpcError && error.code === grpcStatus.unimplemented)) throw error;
  }
}

/**
 * Promise.withResolvers, which Node 20 does not have.
 *
 * @template T
 * @returns {PromiseWithResolvers<T>}
 */
function withResolvers() {
  /** @type {Partial<PromiseWithResolvers<T>>} */
  const parts = {};
  const promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return /** @type {PromiseWithResolvers<T>} — the executor above ran already */ ({ ...parts, promise });
}

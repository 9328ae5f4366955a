import type { Connect } from "@coppice/clusters/connections";
import { Channel, credentials, Server, ServerCredentials } from "@grpc/grpc-js";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import providerServices from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { Registry } from "../../kit/registry.ts";
import { type EngineLog, engineLog } from "./engine-log.ts";
import { type OtherLanguages, pluginService } from "./plugin-service.ts";
import { PluginSession } from "./plugin-session.ts";
import { watchEngine } from "./watch-engine.ts";

/** What a plugin process serves. */
export interface PluginOptions {
  readonly registry: Registry;
  readonly version: string;
  /** The engine's address, the first argument of the executable; absent when started by hand. */
  readonly engineAddress?: string | undefined;
  readonly languages?: OtherLanguages;
  /** Replaced by tests. @default a real connection */
  readonly connect?: Connect;
}

/** As large as the engine's own limit (sdk/go/common/util/rpcutil: 400 MB). */
const messageLimit = {
  "grpc.max_receive_message_length": 400 << 20,
  "grpc.max_send_message_length": 400 << 20,
};

/**
 * Serves Pulumi's provider protocol on a port of its own until the engine ends it: prints the port, as the
 * engine expects. When the engine is lost, finishes the step in hand and ends the process.
 */
export async function servePlugin(options: PluginOptions): Promise<void> {
  const engine = options.engineAddress === undefined ? undefined : connectEngine(options.engineAddress);
  const log = engine ? engineLog(engine.client) : silentLog;
  const { registry, version, languages, connect } = options;
  const session = new PluginSession({ registry, version, log, ...(connect && { connect }) });
  const server = new Server(messageLimit);
  server.addService(providerServices.ResourceProviderService, pluginService(session, languages));
  const port = await bind(server);
  surviveBrokenPipes();
  if (engine) watchEngine(engine.channel, () => leave(session, "the engine is gone"));
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => leave(session, `got ${signal}`));
  process.stdout.write(`${port}\n`);
}

/** A killed engine leaves both pipes without a reader: a line that is written then must not end the step in hand. */
function surviveBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
}

function connectEngine(address: string) {
  const channel = new Channel(address, credentials.createInsecure(), messageLimit);
  const options = { ...messageLimit, channelOverride: channel };
  return { channel, client: new engineServices.EngineClient(address, credentials.createInsecure(), options) };
}

function bind(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

function leave(session: PluginSession, reason: string): void {
  session.cancel(reason);
  void session.idle().then(() => process.exit(0));
}

const silentLog: EngineLog = {
  progress: () => undefined,
  inform: () => undefined,
  warn: () => undefined,
  debug: () => undefined,
  settled: () => Promise.resolve(),
};

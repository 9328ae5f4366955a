import { Channel, credentials } from "@grpc/grpc-js";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { type EngineLog, engineLog } from "./engine-log.ts";
import { watchEngine } from "./watch-engine.ts";

/** As large as the engine's own limit (sdk/go/common/util/rpcutil: 400 MB). */
export const messageLimit = {
  "grpc.max_receive_message_length": 400 << 20,
  "grpc.max_send_message_length": 400 << 20,
};

/** A plugin's way to its engine. */
export interface EngineConnection {
  readonly log: EngineLog;
  /** Ends the connection; a loss after that is none. */
  close(): void;
}

/** Connects to an engine, and calls back once when it is lost. */
export function connectEngine(address: string, onLost: () => void): EngineConnection {
  const channel = new Channel(address, credentials.createInsecure(), messageLimit);
  const options = { ...messageLimit, channelOverride: channel };
  const client = new engineServices.EngineClient(address, credentials.createInsecure(), options);
  watchEngine(channel, onLost);
  return { log: engineLog(client), close: () => channel.close() };
}

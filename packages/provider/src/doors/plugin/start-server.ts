import { Server, ServerCredentials } from "@grpc/grpc-js";
import providerServices from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { messageLimit } from "./engine-connection.ts";
import { type OtherLanguages, pluginService, type Sessions } from "./plugin-service.ts";

/** A server of the provider protocol, on loopback. */
export interface PluginServer {
  readonly port: number;
  /** Ends it at once. */
  stop(): void;
}

/** Serves the provider protocol on a port of its own. */
export async function startServer(sessions: Sessions, languages?: OtherLanguages): Promise<PluginServer> {
  const server = new Server(messageLimit);
  server.addService(providerServices.ResourceProviderService, pluginService(sessions, languages));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { port, stop: () => server.forceShutdown() };
}

import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import languageServices from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type { RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import emptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import type { Program } from "./run-program.ts";

/** A program in this process, as the engine asks for it (`--client`). */
export interface ProgramServer {
  readonly port: number;
  /** Takes the program of the run that comes, and who is told what it throws. */
  serve(program: Program, onError: (error: unknown) => void): void;
  stop(): void;
}

/** As large as the engine's own limit (sdk/go/common/util/rpcutil: 400 MB). */
const messageLimit = {
  "grpc.max_receive_message_length": 400 << 20,
  "grpc.max_send_message_length": 400 << 20,
};

/** Serves the program of one run after another. The SDK is loaded beside the engine's start, not before it. */
export async function startProgramServer(): Promise<ProgramServer> {
  let run: { readonly program: Program; readonly onError: (error: unknown) => void } | undefined;
  const server = new Server(messageLimit);
  server.addService(languageServices.LanguageRuntimeService, {
    handshake: answer(() => new messages.LanguageHandshakeResponse()),
    getPluginInfo: answer(() => new pluginMessages.PluginInfo().setVersion("1.0.0")),
    getRequiredPackages: answer(() => new messages.GetRequiredPackagesResponse()),
    getRequiredPlugins: answer(() => new messages.GetRequiredPluginsResponse()),
    about: answer(() => new messages.AboutResponse()),
    cancel: answer(() => new emptyMessages.Empty()),
    run: answer(async (request: RunRequest) => {
      const response = new messages.RunResponse();
      try {
        const { runProgram } = await import("./run-program.ts");
        await runProgram(request, run?.program ?? (() => undefined));
      } catch (error) {
        run?.onError(error);
        // What was wrong is told by us: the engine only has to know that it was.
        response.setBail(true);
      }
      return response;
    }),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    port,
    serve: (program, onError) => {
      run = { program, onError };
    },
    stop: () => server.forceShutdown(),
  };
}

function answer<Request, Response>(
  work: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return ({ request }, reply) => {
    Promise.resolve(work(request)).then(
      (response) => reply(null, response),
      (error: Error) => reply(error),
    );
  };
}

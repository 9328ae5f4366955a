import type { handleUnaryCall, sendUnaryData, UntypedServiceImplementation } from "@grpc/grpc-js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import emptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import { callError } from "./call-error.ts";
import { create, read, remove, update } from "./change-calls.ts";
import { checkConfig, configure, diffConfig } from "./config-calls.ts";
import { check, diff } from "./plan-calls.ts";
import type { PluginSession } from "./plugin-session.ts";

/** What a plugin has for programs in other languages than ours. */
export interface OtherLanguages {
  /** The package schema. */
  schema(): string;
  /**
   * Makes a component.
   *
   * @param provider the provider in the stack that this process serves
   */
  construct(
    request: providerMessages.ConstructRequest,
    provider: string | undefined,
  ): Promise<providerMessages.ConstructResponse>;
}

/** The calls of Pulumi's provider protocol that we answer; gRPC itself answers the rest "unimplemented". */
export function pluginService(
  session: PluginSession,
  languages?: OtherLanguages,
): UntypedServiceImplementation {
  const call = unaryCalls(session);
  return {
    handshake: call(handshake),
    getPluginInfo: call(() => pluginInfo(session.version)),
    checkConfig: call(checkConfig),
    diffConfig: call(diffConfig),
    configure: call((request: Parameters<typeof configure>[1]) => configure(session, request)),
    check: call((request: Parameters<typeof check>[1]) => check(session, request)),
    diff: call((request: Parameters<typeof diff>[1]) => diff(session, request)),
    create: call((request: Parameters<typeof create>[1]) => create(session, request)),
    read: call((request: Parameters<typeof read>[1]) => read(session, request)),
    update: call((request: Parameters<typeof update>[1]) => update(session, request)),
    delete: call((request: Parameters<typeof remove>[1]) =>
      remove(session, request).then(() => new emptyMessages.Empty()),
    ),
    ...(languages && languageCalls(session, languages)),
    cancel: call(() => {
      session.cancel("the run was cancelled");
      return new emptyMessages.Empty();
    }),
  };
}

/** Components are only asked for from a plugin that takes secrets, and get each output as such only if it takes those. */
function handshake() {
  return new providerMessages.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptOutputs(true);
}

function languageCalls(session: PluginSession, languages: OtherLanguages) {
  const call = unaryCalls(session);
  return {
    getSchema: call(() => new providerMessages.GetSchemaResponse().setSchema(languages.schema())),
    construct: call((request: providerMessages.ConstructRequest) =>
      languages.construct(request, session.reference),
    ),
  };
}

function unaryCalls(session: PluginSession) {
  return <Request, Response>(
    answer: (request: Request) => Response | Promise<Response>,
  ): handleUnaryCall<Request, Response> => {
    const settle = async (request: Request, reply: sendUnaryData<Response>): Promise<void> => {
      try {
        reply(null, await answer(request));
      } catch (error) {
        if (error instanceof Error && error.stack) session.log.debug(error.stack);
        reply(callError(error));
      }
    };
    return ({ request }, reply) => void settle(request, reply);
  };
}

function pluginInfo(version: string) {
  return new pluginMessages.PluginInfo().setVersion(version);
}

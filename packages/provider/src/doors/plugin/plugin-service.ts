import type { handleUnaryCall, sendUnaryData, UntypedServiceImplementation } from "@grpc/grpc-js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import type {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import emptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import { callError } from "./call-error.ts";
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
    ...configCalls(session),
    ...resourceCalls(session),
    ...(languages && languageCalls(session, languages)),
    cancel: call(() => {
      session.cancel("the run was cancelled");
      return new emptyMessages.Empty();
    }),
  };
}

/** Loaded when they are called: the engine waits for a plugin's start and does other work before it asks for more. */
const calls = {
  config: () => import("./config-calls.ts"),
  plan: () => import("./plan-calls.ts"),
  change: () => import("./change-calls.ts"),
};

function configCalls(session: PluginSession) {
  const call = unaryCalls(session);
  return {
    checkConfig: call(async (request: CheckRequest) => (await calls.config()).checkConfig(request)),
    diffConfig: call(async (request: DiffRequest) => (await calls.config()).diffConfig(request)),
    configure: call(async (request: ConfigureRequest) => (await calls.config()).configure(session, request)),
  };
}

function resourceCalls(session: PluginSession) {
  const call = unaryCalls(session);
  return {
    check: call(async (request: CheckRequest) => (await calls.plan()).check(session, request)),
    diff: call(async (request: DiffRequest) => (await calls.plan()).diff(session, request)),
    create: call(async (request: CreateRequest) => (await calls.change()).create(session, request)),
    read: call(async (request: ReadRequest) => (await calls.change()).read(session, request)),
    update: call(async (request: UpdateRequest) => (await calls.change()).update(session, request)),
    delete: call(async (request: DeleteRequest) => {
      await (await calls.change()).remove(session, request);
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

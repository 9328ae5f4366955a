import type {
  handleUnaryCall,
  ServerUnaryCall,
  sendUnaryData,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb.js";
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
  /** Makes a component for the engine and the provider that the session serves. */
  construct(
    request: providerMessages.ConstructRequest,
    session: Pick<PluginSession, "engineAddress" | "reference">,
  ): Promise<providerMessages.ConstructResponse>;
}

/** Whose calls are whose. */
export interface Sessions {
  readonly version: string;
  /** The session of a connection, by the address at its other end. */
  of(peer: string): PluginSession;
  /** Begins the session of a connection for an engine. */
  attach(peer: string, engineAddress: string): Promise<void>;
}

/** The calls of Pulumi's provider protocol that we answer; gRPC itself answers the rest "unimplemented". */
export function pluginService(sessions: Sessions, languages?: OtherLanguages): UntypedServiceImplementation {
  const call = sessionCalls(sessions);
  return {
    handshake: unaryCall(handshake),
    getPluginInfo: unaryCall(() => new pluginMessages.PluginInfo().setVersion(sessions.version)),
    attach: unaryCall(async (request: PluginAttach, peer) => {
      await sessions.attach(peer, request.getAddress());
      return new emptyMessages.Empty();
    }),
    ...configCalls(call),
    ...resourceCalls(call),
    ...(languages && languageCalls(call, languages)),
    cancel: call((session) => {
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

/** Loads what calls are answered with before any comes. */
export async function loadCalls(): Promise<void> {
  await Promise.all(Object.values(calls).map((load) => load()));
}

function configCalls(call: SessionCall) {
  return {
    checkConfig: call(async (session, request: CheckRequest) =>
      (await calls.config()).checkConfig(session, request),
    ),
    diffConfig: call(async (_, request: DiffRequest) => (await calls.config()).diffConfig(request)),
    configure: call(async (session, request: ConfigureRequest) =>
      (await calls.config()).configure(session, request),
    ),
  };
}

function resourceCalls(call: SessionCall) {
  return {
    check: call(async (session, request: CheckRequest) => (await calls.plan()).check(session, request)),
    diff: call(async (session, request: DiffRequest) => (await calls.plan()).diff(session, request)),
    create: call(async (session, request: CreateRequest) => (await calls.change()).create(session, request)),
    read: call(async (session, request: ReadRequest) => (await calls.change()).read(session, request)),
    update: call(async (session, request: UpdateRequest) => (await calls.change()).update(session, request)),
    delete: call(async (session, request: DeleteRequest) => {
      await (await calls.change()).remove(session, request);
      return new emptyMessages.Empty();
    }),
  };
}

/** Components are only asked for from a plugin that takes secrets, and get each output as such only if it takes those. */
function handshake() {
  return new providerMessages.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptOutputs(true);
}

function languageCalls(call: SessionCall, languages: OtherLanguages) {
  return {
    getSchema: unaryCall(() => new providerMessages.GetSchemaResponse().setSchema(languages.schema())),
    construct: call((session, request: providerMessages.ConstructRequest) =>
      languages.construct(request, session),
    ),
  };
}

type SessionCall = ReturnType<typeof sessionCalls>;

function sessionCalls(sessions: Sessions) {
  return <Request, Response>(
    answer: (session: PluginSession, request: Request) => Response | Promise<Response>,
  ): handleUnaryCall<Request, Response> =>
    unaryCall(async (request: Request, peer) => {
      const session = sessions.of(peer);
      try {
        return await answer(session, request);
      } catch (error) {
        if (error instanceof Error && error.stack) session.log.debug(error.stack);
        throw error;
      }
    });
}

function unaryCall<Request, Response>(
  answer: (request: Request, peer: string) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  const settle = async (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>) => {
    try {
      reply(null, await answer(call.request, call.getPeer()));
    } catch (error) {
      reply(callError(error));
    }
  };
  return (call, reply) => void settle(call, reply);
}

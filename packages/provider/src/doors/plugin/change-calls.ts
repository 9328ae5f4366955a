import type { Properties } from "@coppice/core";
import type {
  CreateRequest,
  CreateResponse,
  DeleteRequest,
  ReadRequest,
  ReadResponse,
  UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { secretNames } from "../../kit/kind-properties.ts";
import { findResource } from "../../kit/registry.ts";
import type { Created, ResourceHandler } from "../../kit/resource-handler.ts";
import { initFailedError } from "./init-failed-error.ts";
import type { PluginSession } from "./plugin-session.ts";
import { typeOfUrn } from "./urn.ts";
import { fromWire, toWire } from "./wire-values.ts";

/** Makes a resource, or in a preview tells what is known of it beforehand. */
export async function create(session: PluginSession, request: CreateRequest): Promise<CreateResponse> {
  const handler = await handlerOf(session, request.getUrn());
  const inputs = fromWire(request.getProperties());
  const response = new messages.CreateResponse();
  if (request.getPreview()) {
    const planned = await session.run(request.getUrn(), (context) => handler.preview({ inputs }, context));
    response.setProperties(outputsOf(handler, planned));
    return response;
  }
  const created = await session.run(request.getUrn(), (context) => handler.create(inputs, context));
  refusePartial(handler, inputs, created);
  response.setId(created.id);
  response.setProperties(outputsOf(handler, created.state));
  return response;
}

/** Changes a resource, or in a preview tells what is known of it beforehand. */
export async function update(session: PluginSession, request: UpdateRequest): Promise<UpdateResponse> {
  const handler = await handlerOf(session, request.getUrn());
  const recorded = { id: request.getId(), state: fromWire(request.getOlds()) };
  const inputs = fromWire(request.getNews());
  const response = new messages.UpdateResponse();
  if (request.getPreview()) {
    const planned = await session.run(request.getUrn(), (context) =>
      handler.preview({ inputs, recorded }, context),
    );
    response.setProperties(outputsOf(handler, planned));
    return response;
  }
  const outcome = await session.run(request.getUrn(), (context) =>
    handler.update({ ...recorded, inputs }, context),
  );
  refusePartial(handler, inputs, { ...outcome, id: recorded.id });
  response.setProperties(outputsOf(handler, outcome.state));
  return response;
}

/** Reads a resource for a refresh, or by its id alone for an import. An empty answer: it is gone. */
export async function read(session: PluginSession, request: ReadRequest): Promise<ReadResponse> {
  const handler = await handlerOf(session, request.getUrn());
  const id = request.getId();
  const state = known(fromWire(request.getProperties()));
  const inputs = known(fromWire(request.getInputs()));
  const lookup = { id, ...(state ? { state } : {}), ...(inputs ? { inputs } : {}) };
  const found = await session.run(request.getUrn(), (context) => handler.read(lookup, context));
  const response = new messages.ReadResponse();
  if (found === undefined) return response;
  response.setId(id);
  response.setProperties(outputsOf(handler, found.state));
  response.setInputs(outputsOf(handler, found.inputs));
  return response;
}

/** Removes a resource. */
export async function remove(session: PluginSession, request: DeleteRequest): Promise<void> {
  const handler = await handlerOf(session, request.getUrn());
  const recorded = { id: request.getId(), state: fromWire(request.getProperties()) };
  await session.run(request.getUrn(), (context) => handler.delete(recorded, context));
}

async function handlerOf(session: PluginSession, urn: string): Promise<ResourceHandler> {
  return await findResource(session.registry, typeOfUrn(urn)).load();
}

function outputsOf(handler: ResourceHandler, properties: Properties) {
  return toWire(properties, secretNames(handler.kind));
}

function refusePartial(handler: ResourceHandler, inputs: Properties, made: Created<Properties>): void {
  const unfinished = made.unfinished ?? [];
  if (unfinished.length === 0) return;
  throw initFailedError({
    id: made.id,
    inputs: outputsOf(handler, inputs),
    outputs: outputsOf(handler, made.state),
    unfinished,
  });
}

function known(properties: Properties): Properties | undefined {
  return Object.keys(properties).length === 0 ? undefined : properties;
}

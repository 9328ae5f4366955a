import { type Properties, recordedUrn, withoutUrn, withUrn } from "@coppice/core";
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
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { secretNames } from "../../kit/kind-properties.ts";
import { findResource } from "../../kit/registry.ts";
import type { Created, ResourceHandler } from "../../kit/resource-handler.ts";
import { initFailedError } from "./init-failed-error.ts";
import type { NamedResource, PluginSession } from "./plugin-session.ts";
import { typeOfUrn } from "./urn.ts";
import { fromWire, toWire } from "./wire-values.ts";

/** Makes a resource, or in a preview tells what is known of it beforehand. */
export async function create(session: PluginSession, request: CreateRequest): Promise<CreateResponse> {
  const handler = await handlerOf(session, request.getUrn());
  const resource = namedIn(request, request.getProperties());
  const inputs = withoutUrn(fromWire(request.getProperties()));
  const response = new messages.CreateResponse();
  if (request.getPreview()) {
    const planned = await session.run(resource, (context) => handler.preview({ inputs }, context));
    response.setProperties(outputsOf(handler, planned, request.getProperties()));
    return response;
  }
  const created = await session.run(resource, (context) => handler.create(inputs, context));
  refusePartial(handler, created, request.getProperties());
  response.setId(created.id);
  response.setProperties(outputsOf(handler, created.state, request.getProperties()));
  return response;
}

/** Changes a resource, or in a preview tells what is known of it beforehand. */
export async function update(session: PluginSession, request: UpdateRequest): Promise<UpdateResponse> {
  const handler = await handlerOf(session, request.getUrn());
  const recorded = { id: request.getId(), state: fromWire(request.getOlds()) };
  const resource = namedIn(request, request.getNews());
  const inputs = withoutUrn(fromWire(request.getNews()));
  const response = new messages.UpdateResponse();
  if (request.getPreview()) {
    const planned = await session.run(resource, (context) => handler.preview({ inputs, recorded }, context));
    response.setProperties(outputsOf(handler, planned, request.getNews()));
    return response;
  }
  const outcome = await session.run(resource, (context) => handler.update({ ...recorded, inputs }, context));
  refusePartial(handler, { ...outcome, id: recorded.id }, request.getNews());
  response.setProperties(outputsOf(handler, outcome.state, request.getNews()));
  return response;
}

/** Reads a resource for a refresh, or by its id alone for an import. An empty answer: it is gone. */
export async function read(session: PluginSession, request: ReadRequest): Promise<ReadResponse> {
  const handler = await handlerOf(session, request.getUrn());
  const id = request.getId();
  const state = known(fromWire(request.getProperties()));
  const given = fromWire(request.getInputs());
  const inputs = known(withoutUrn(given));
  const lookup = { id, ...(state ? { state } : {}), ...(inputs ? { inputs } : {}) };
  const resource = namedIn(request, request.getInputs());
  const found = await session.run(resource, (context) => handler.read(lookup, context));
  const response = new messages.ReadResponse();
  if (found === undefined) return response;
  response.setId(id);
  response.setProperties(outputsOf(handler, found.state, request.getProperties()));
  response.setInputs(outputsOf(handler, withUrn(found.inputs, recordedUrn(given)), request.getInputs()));
  return response;
}

/** Removes a resource. */
export async function remove(session: PluginSession, request: DeleteRequest): Promise<void> {
  const handler = await handlerOf(session, request.getUrn());
  const recorded = { id: request.getId(), state: fromWire(request.getProperties()) };
  const resource = namedIn(request, request.getOldInputs());
  await session.run(resource, (context) => handler.delete(recorded, context));
}

/** A state of an earlier version records no URN: that of the resource was never another then. */
function namedIn(request: { getUrn(): string }, inputs: Struct | undefined): NamedResource {
  const urn = request.getUrn();
  return { urn, madeAs: recordedUrn(fromWire(inputs)) ?? urn };
}

async function handlerOf(session: PluginSession, urn: string): Promise<ResourceHandler> {
  return await findResource(session.registry, typeOfUrn(urn)).load();
}

function outputsOf(handler: ResourceHandler, properties: Properties, like: Struct | undefined): Struct {
  return toWire(properties, { named: secretNames(handler.kind), like });
}

function refusePartial(
  handler: ResourceHandler,
  made: Created<Properties>,
  inputs: Struct | undefined,
): void {
  const unfinished = made.unfinished ?? [];
  if (unfinished.length === 0) return;
  throw initFailedError({
    id: made.id,
    inputs: outputsOf(handler, fromWire(inputs), inputs),
    outputs: outputsOf(handler, made.state, inputs),
    unfinished,
  });
}

function known(properties: Properties): Properties | undefined {
  return Object.keys(properties).length === 0 ? undefined : properties;
}

import { recordedUrn, urnFrom, withoutUrn, withUrn } from "@coppice/core";
import type {
  CheckRequest,
  CheckResponse,
  DiffRequest,
  DiffResponse,
  PropertyDiff,
} from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { checkFailures } from "../../kit/check-failures.ts";
import { secretNames } from "../../kit/kind-properties.ts";
import { refuseOtherDoor } from "../../kit/other-door.ts";
import { findResource } from "../../kit/registry.ts";
import type { Difference, PropertyChange } from "../../kit/resource-handler.ts";
import { topLevelName } from "../../kit/top-level-name.ts";
import { checkFailure } from "./check-failure.ts";
import type { PluginSession } from "./plugin-session.ts";
import { typeOfUrn } from "./urn.ts";
import { fromWire, toWire } from "./wire-values.ts";

/**
 * Asks a resource whether its inputs are right. What is wrong is data of the answer, not an error. The inputs record the
 * URN that it was made under, by whatever name it goes later: the engine keeps them, also where nothing else changes.
 */
export async function check(session: PluginSession, request: CheckRequest): Promise<CheckResponse> {
  const handler = await findResource(session.registry, typeOfUrn(request.getUrn())).load();
  const former = fromWire(request.getOlds());
  const isNew = Object.keys(former).length === 0;
  const madeAs = recordedUrn(former) ?? urnFrom(isNew ? session.origin : undefined, request.getUrn());
  const { inputs, mistakes } = handler.check(
    withoutUrn(fromWire(request.getNews())),
    withoutUrn(former),
    session.clock.now(),
  );
  const answer = withUrn(inputs, madeAs);
  const response = new messages.CheckResponse();
  response.setInputs(toWire(answer, { named: secretNames(handler.kind), like: request.getNews() }));
  const refused = [
    ...refuseOtherDoor("plugin", handler.kind.name, former),
    ...session.marks.refuseShared(madeAs, request.getUrn()),
  ];
  response.setFailuresList([...refused, ...checkFailures(mistakes)].map(checkFailure));
  return response;
}

/** Asks a resource what would change, item by item. */
export async function diff(session: PluginSession, request: DiffRequest): Promise<DiffResponse> {
  const handler = await findResource(session.registry, typeOfUrn(request.getUrn())).load();
  const state = fromWire(request.getOlds());
  const inputs = withoutUrn(fromWire(request.getNews()));
  const difference = handler.diff({ id: request.getId(), state, inputs });
  const isReplaced = difference.changes.some(({ replaces }) => replaces === true);
  if (isReplaced && difference.losses !== undefined) session.log.warn(request.getUrn(), difference.losses);
  return diffResponse(difference);
}

function diffResponse(difference: Difference): DiffResponse {
  const { changes } = difference;
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const response = new messages.DiffResponse();
  response.setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setDiffsList(topLevelNames(changes));
  response.setReplacesList(topLevelNames(changes.filter((change) => change.replaces === true)));
  response.setDeletebeforereplace(difference.deleteBeforeReplace === true);
  response.setHasdetaileddiff(true);
  const detailed = response.getDetaileddiffMap();
  for (const change of changes) detailed.set(change.path, propertyDiff(change));
  return response;
}

function topLevelNames(changes: readonly PropertyChange[]): string[] {
  return [...new Set(changes.map((change) => topLevelName(change.path)))];
}

function propertyDiff(change: PropertyChange): PropertyDiff {
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  } as const;
  const [inPlace, replacing] = kinds[change.kind];
  const result = new messages.PropertyDiff();
  result.setKind(change.replaces === true ? replacing : inPlace);
  return result;
}

import { isDeepStrictEqual } from "node:util";
import { isList, isProperties, type JsonValue } from "@coppice/core";
import { OwnerFinder } from "../changes/owner-finder.ts";
import { type Description, documentKey } from "../documents/description.ts";
import type { EngineEvent, StepEvent } from "../events/engine-event.ts";
import type { Drift, DriftKind } from "./drift.ts";

/** What of a document without machines somebody may change in Proxmox, and which resource tells it. */
interface Tellable {
  readonly type: string;
  readonly fields: readonly string[];
  readonly drift: DriftKind;
}

const TELLABLE: Readonly<Record<string, Tellable>> = {
  // A comment is for people.
  Pool: { type: "coppice:index:Pool", fields: ["comment"], drift: "benign" },
  TenantQuota: {
    type: "coppice:index:TenantPool",
    fields: ["limits", "templates", "storages", "bridges", "members"],
    drift: "dangerous",
  },
};

/** In what a document without machines differs from what was applied, field by field, as a refresh of it told. */
export function changedByHand(declared: Description, events: readonly EngineEvent[]): Drift[] {
  const tellable = TELLABLE[declared.kind];
  const read = tellable && readingOf(declared, tellable.type, events);
  if (tellable === undefined || read === undefined) return [];
  const seat = declared.name;
  if (read.op === "delete") {
    return [{ drift: "gone", field: "pool", seat, what: "its pool is gone, or somebody else's by now" }];
  }
  const { outputs = {} } = read;
  const changed = tellable.fields.flatMap((field): Drift[] => {
    const [is, was] = [outputs[field], declared.inputs[field]];
    if (isSame(is, was)) return [];
    return [{ drift: tellable.drift, field, seat, what: `${field} is ${said(is)}, declared ${said(was)}` }];
  });
  const { drift: rest } = outputs;
  if (!isList(rest) || rest.length === 0) return changed;
  return [
    ...changed,
    { drift: tellable.drift, field: "drift", seat, what: `changed by hand: ${said(rest)}` },
  ];
}

function readingOf(
  document: Description,
  type: string,
  events: readonly EngineEvent[],
): StepEvent | undefined {
  const owners = new OwnerFinder(events);
  const isOwn = (urn: string): boolean => {
    const owner = owners.ownerOf(urn);
    return owner !== undefined && documentKey(owner) === documentKey(document);
  };
  return events.find(
    (event): event is StepEvent =>
      event.kind === "step" && event.phase === "done" && event.type === type && isOwn(event.urn),
  );
}

/** Lists say the same in whatever order; an empty one says as much as none. */
function isSame(is: JsonValue | undefined, was: JsonValue | undefined): boolean {
  if (!isList(is) && !isList(was)) return isDeepStrictEqual(is ?? "", was ?? "");
  return isDeepStrictEqual(new Set(isList(is) ? is : []), new Set(isList(was) ? was : []));
}

function said(value: JsonValue | undefined): string {
  if (isList(value)) return value.length === 0 ? "none" : value.map(textOf).join(", ");
  if (isProperties(value))
    return said(Object.entries(value).map(([name, each]) => `${name} ${textOf(each)}`));
  return value === undefined ? "none" : JSON.stringify(value);
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

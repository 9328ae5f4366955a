import { isList, isProperties, type JsonValue, type Properties } from "@coppice/core";
import { isClass } from "../documents/is-class.ts";
import { isTenantQuota } from "../documents/is-tenant-quota.ts";

/** What a stack has of one document. */
export interface RecordedDocument {
  readonly kind: string;
  readonly name: string;
  /** Where the machine of every seat is. */
  readonly seats: Readonly<Record<string, RecordedSeat>>;
  /** What is made of it. */
  readonly parts: readonly RecordedPart[];
  /** What it was given last, secrets left out: also by a run that was killed, which is in no history. */
  readonly inputs: Properties;
  /** A run was cut off while it made something of it: there may be more than is recorded. */
  readonly isCutOff?: true;
  /** The engine was killed in that, and remembers it. */
  readonly isPending?: true;
}

/** A resource that belongs to a document. */
export interface RecordedPart {
  readonly urn: string;
  /** The engine's word for what it is: `coppice:index:OverlayPool`. */
  readonly type: string;
  /** Without secrets. */
  readonly outputs: Properties;
}

/** A seat as the last run recorded it. */
export interface RecordedSeat {
  readonly vmid: number;
  readonly node: string;
  /** Why it is not as wanted. */
  readonly unfinished?: string;
}

/** Reads what a state holds, as the engine exports it. What belongs to no document of ours is left out. */
export function recordedDocuments(deployment: Properties): RecordedDocument[] {
  const resources = listIn(deployment, "resources");
  const pending = pendingCreations(deployment);
  const parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  const tops = resources.filter(({ parent }) => typeof parent === "string" && isStack(parent));
  return tops.flatMap(({ urn, inputs }) => {
    const [, kind, name] = /::coppice:index:([^:$]+)::(.+)$/.exec(textOf(urn)) ?? [];
    if (kind === undefined || name === undefined) return [];
    const own = resources.filter((each) => topOf(each["urn"], parents) === urn);
    const seats = Object.assign({}, ...own.map(seatsOf)) as RecordedDocument["seats"]; // as: its parts are
    const given = isProperties(inputs) ? withoutSecrets(inputs) : {};
    const isPending = pending.some(({ parent }) => parent === urn || topOf(parent, parents) === urn);
    const isCutOff = isPending || lacksPart({ kind, given, own });
    const cutOff = { ...(isCutOff && { isCutOff }), ...(isPending && { isPending }) };
    return [{ kind, name, seats, parts: own.flatMap(partOf), inputs: given, ...cutOff }];
  });
}

/** What a document was given, and what is recorded of it. */
interface Made {
  readonly kind: string;
  readonly given: Properties;
  readonly own: readonly Properties[];
}

/** What a document has from its first run on: a class its seats and the generation that it publishes, a tenant its pool. */
function lacksPart({ kind, given, own }: Made): boolean {
  const has = (part: string) => own.some(({ type }) => type === `coppice:index:${part}`);
  if (isTenantQuota({ kind })) return !has("TenantPool");
  if (!isClass(kind) || given["vmids"] === undefined) return false;
  const { publish } = given;
  const { generation } = isProperties(publish) ? publish : {};
  const numbers = own.flatMap(({ type, inputs }) =>
    type === "coppice:index:BaseGeneration" && isProperties(inputs) ? inputs["number"] : [],
  );
  return !has("OverlayPool") || (generation !== undefined && !numbers.includes(generation));
}

/** The engine marks a secret by a field of this name (sdk/go/common/resource, SigKey). */
const SECRET = "4dabf18193072939515e22adb298388d";

function withoutSecrets(values: Properties): Properties {
  const kept = Object.entries(values).filter(
    ([, value]) => !isProperties(value) || value[SECRET] === undefined,
  );
  return Object.fromEntries(
    kept.map(([key, value]) => [key, isProperties(value) ? withoutSecrets(value) : value] as const),
  );
}

function listIn(deployment: Properties, field: string): Properties[] {
  const listed = deployment[field];
  return isList(listed) ? listed.filter(isProperties) : [];
}

/** What the engine was making when it was killed (sdk/go/common/apitype, OperationV2), also what is of no document. */
export function pendingCreations(deployment: Properties): Properties[] {
  return listIn(deployment, "pending_operations").flatMap(({ type, resource }) =>
    type === "creating" && isProperties(resource) ? [resource] : [],
  );
}

function topOf(urn: JsonValue | undefined, parents: ReadonlyMap<unknown, JsonValue | undefined>): unknown {
  let top = urn;
  for (let parent = parents.get(top); typeof parent === "string" && !isStack(parent); ) {
    top = parent;
    parent = parents.get(top);
  }
  return top;
}

function isStack(urn: string): boolean {
  return urn.includes("::pulumi:pulumi:Stack::");
}

function seatsOf({ outputs }: Properties): Record<string, RecordedSeat> {
  const { seats, exceptions } = isProperties(outputs) ? outputs : {};
  const places = Object.entries(isProperties(seats) ? seats : {});
  return Object.fromEntries(
    places.flatMap(([seat, place]) => {
      if (!isProperties(place) || typeof place["vmid"] !== "number") return [];
      const exception = isProperties(exceptions) ? exceptions[seat] : undefined;
      const unfinished = isProperties(exception) ? reasonOf(exception["unfinished"]) : undefined;
      const { vmid, node } = place;
      return [[seat, { vmid, node: textOf(node), ...(unfinished !== undefined && { unfinished }) }] as const];
    }),
  );
}

/** The thing itself is no part of it. */
function partOf({ urn, type, parent, outputs }: Properties): RecordedPart[] {
  if (typeof parent === "string" && isStack(parent)) return [];
  return [
    { urn: textOf(urn), type: textOf(type), outputs: isProperties(outputs) ? withoutSecrets(outputs) : {} },
  ];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

/** 0.1.0 wrote the reason alone. */
function reasonOf(unfinished: JsonValue | undefined): string | undefined {
  const reason = isProperties(unfinished) ? unfinished["reason"] : unfinished;
  return typeof reason === "string" ? reason : undefined;
}

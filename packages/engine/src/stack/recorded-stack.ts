import { isList, isProperties, type JsonValue, type Properties } from "@coppice/core";

/** What a stack has of one document. */
export interface RecordedDocument {
  readonly kind: string;
  readonly name: string;
  /** Where the machine of every seat is. */
  readonly seats: Readonly<Record<string, RecordedSeat>>;
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
  const listed = deployment["resources"];
  const resources = isList(listed) ? listed.filter(isProperties) : [];
  const parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  const tops = resources.filter(({ parent }) => typeof parent === "string" && isStack(parent));
  return tops.flatMap(({ urn }) => {
    const [, kind, name] = /::coppice:index:([^:$]+)::(.+)$/.exec(textOf(urn)) ?? [];
    if (kind === undefined || name === undefined) return [];
    const own = resources.filter((each) => topOf(each["urn"], parents) === urn);
    return [{ kind, name, seats: Object.assign({}, ...own.map(seatsOf)) as RecordedDocument["seats"] }]; // as: its parts are
  });
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

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

/** 0.1.0 wrote the reason alone. */
function reasonOf(unfinished: JsonValue | undefined): string | undefined {
  const reason = isProperties(unfinished) ? unfinished["reason"] : unfinished;
  return typeof reason === "string" ? reason : undefined;
}

import { mayBeMissing, strictnessOf } from "./machine-values.ts";
import type { References } from "./references.ts";
import { isRow, keyOf, type Row } from "./rows.ts";
import { taskContradictions } from "./task-contradictions.ts";

/** Lists in one text whose order says nothing. */
const unordered = new Set(["content", "privs", "users", "groups", "vms", "nodes"]);

/** Where a value stands. */
interface Place {
  readonly at: string;
  readonly key: string;
  readonly row: Row;
}

/** What is known of an answer before it is compared. */
export interface Scope {
  /** The order of rows counts. */
  readonly ordered: boolean;
  /** So many rows there were; the recording kept the first ones. */
  readonly trimmedFrom?: number;
}

/** Compares an answer with the recorded one and collects where they differ. */
export class BodyComparison {
  readonly differences: string[] = [];
  readonly #references: References;
  readonly #scope: Scope;

  constructor(references: References, scope: Scope) {
    this.#references = references;
    this.#scope = scope;
  }

  /** Compares two whole bodies. */
  body(recorded: unknown, ours: unknown): void {
    this.#value(recorded, ours, { at: "", key: "", row: {} });
  }

  #value(recorded: unknown, ours: unknown, place: Place): void {
    if (Array.isArray(recorded)) return this.#list(recorded, ours, place);
    if (isRow(recorded)) return this.#row(recorded, ours, place);
    // Proxmox itself answers this one as text or as number, depending on which node kept the task.
    if (place.key === "saved" && String(recorded) === String(ours)) return;
    if (recorded === null || ours === null || typeof recorded !== typeof ours) {
      if (recorded !== ours) this.#differ(place.at, recorded, ours);
      return;
    }
    if (!this.#sameScalar(recorded, ours, place)) this.#differ(place.at, recorded, ours);
  }

  #sameScalar(recorded: unknown, ours: unknown, { key, row }: Place): boolean {
    const strictness = strictnessOf(key, row, recorded);
    if (strictness === "kind") return sameKind(recorded, ours);
    if (strictness === "constant") return this.#references.bind(key, String(recorded), String(ours));
    if (typeof recorded !== "string" || typeof ours !== "string") return recorded === ours;
    if (unordered.has(key)) return sorted(recorded) === sorted(ours);
    return this.#references.same(recorded, ours);
  }

  #row(recorded: Row, ours: unknown, { at, key }: Place): void {
    if (!isRow(ours)) return this.#differ(at, recorded, ours);
    if (key === "results") return this.#list(rowsByUid(recorded), rowsByUid(ours), { at, key: "", row: {} });
    for (const key of taskContradictions(recorded))
      this.#differ(`${at}.${key}`, recorded[key], "its task's name");
    for (const key of taskContradictions(ours)) this.#differ(`${at}.${key}`, "its task's name", ours[key]);
    for (const [key, value] of Object.entries(recorded)) {
      if (key in ours) this.#value(value, ours[key], { at: `${at}.${key}`, key, row: recorded });
      else if (!mayBeMissing(key, recorded)) this.#differ(`${at}.${key}`, value, undefined);
    }
    for (const key of Object.keys(ours)) {
      if (!(key in recorded) && !mayBeMissing(key, recorded))
        this.#differ(`${at}.${key}`, undefined, ours[key]);
    }
  }

  #list(recorded: readonly unknown[], ours: unknown, place: Place): void {
    const { at, key } = place;
    if (!Array.isArray(ours)) return this.#differ(at, recorded, ours);
    const { trimmedFrom } = this.#scope;
    const length = at === ".data" && trimmedFrom !== undefined ? trimmedFrom : recorded.length;
    // An archive of figures has one row more or less, as the minute has it.
    const slack = recorded.some(isMoment) ? 1 : 0;
    if (Math.abs(length - ours.length) > slack) this.#differ(`${at}.length`, length, ours.length);
    const field = keyOf(recorded);
    if (field !== undefined) return this.#keyedList(recorded.filter(isRow), ours, { at, field });
    const [left, right] = this.#scope.ordered ? [recorded, ours] : [recorded, ours].map(inSomeOrder);
    if (length > recorded.length && recorded.every(isMoment)) return this.#latest(recorded, ours, at);
    for (const [index, value] of (left ?? []).entries())
      this.#value(value, right?.[index], { at: `${at}[${index}]`, key, row: {} });
  }

  /** Of an archive of figures the recorder kept the latest; a moment without figures is as good as one with them. */
  #latest(recorded: readonly unknown[], ours: readonly unknown[], at: string): void {
    for (const [index, value] of ours.slice(-recorded.length).entries()) {
      const theirs = recorded[index];
      if (!isMoment(theirs) || !isMoment(value)) this.#differ(`${at}[${index}]`, theirs, value);
      else if (Object.keys(theirs).length > 1 && Object.keys(value).length > 1)
        this.#value(theirs, value, { at: `${at}[${index}]`, key: "", row: {} });
      else this.#value(theirs["time"], value["time"], { at: `${at}[${index}].time`, key: "time", row: {} });
    }
  }

  #keyedList(
    recorded: readonly Row[],
    ours: readonly unknown[],
    { at, field }: { readonly at: string; readonly field: string },
  ): void {
    const byKey = new Map(ours.filter(isRow).map((row) => [String(row[field]), row] as const));
    let last = -1;
    for (const row of recorded) {
      const name = this.#references.translate(String(row[field]));
      const found = byKey.get(name);
      if (found === undefined) this.#differ(`${at}[${name}]`, row, undefined);
      else {
        this.#value(row, found, { at: `${at}[${name}]`, key: "", row: {} });
        const position = ours.indexOf(found);
        if (this.#scope.ordered && position < last)
          this.#differ(`${at}[${name}] position`, "later", "sooner");
        last = position;
      }
      byKey.delete(name);
    }
    if (this.#scope.trimmedFrom !== undefined) return;
    for (const [name, row] of byKey) this.#differ(`${at}[${name}]`, undefined, row);
  }

  #differ(at: string, recorded: unknown, ours: unknown): void {
    this.differences.push(`${at}: recorded ${short(recorded)}, got ${short(ours)}`);
  }
}

/** What HA's nodes did, which they file under the uid of the order: a name like others. */
function rowsByUid(results: Row): unknown[] {
  return Object.entries(results).map(([uid, result]) => (isRow(result) ? { uid, ...result } : result));
}

/** A row of an archive of figures. */
function isMoment(row: unknown): row is Row {
  return isRow(row) && "time" in row && !("msg" in row);
}

function sameKind(recorded: unknown, ours: unknown): boolean {
  return typeof recorded !== "number" || typeof ours !== "number" || recorded < 0 === ours < 0;
}

function inSomeOrder(list: readonly unknown[]): unknown[] {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return [...list].sort((a, b) => text(a).localeCompare(text(b)));
}

function sorted(text: string): string {
  return text
    .split(/[,;\s]/)
    .sort()
    .join(",");
}

function short(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

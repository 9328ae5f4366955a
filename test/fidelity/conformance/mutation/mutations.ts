import { isOrdered } from "../judge/ordered.ts";
import { isRow } from "../judge/rows.ts";
import type { Recorded, RecordedAnswer } from "../recording.ts";

/** One change of one recorded answer. */
export interface Mutation {
  readonly kind:
    | "status"
    | "reason"
    | "header"
    | "value"
    | "type"
    | "drop"
    | "add"
    | "row"
    | "order"
    | "text"
    | "shell";
  /** Where, with the numbers of list places left out: `.data[].name`. */
  readonly at: string;
  readonly was: unknown;
  readonly line: Recorded;
}

/** A change of a value somewhere in a tree: how to make the tree that has it. */
interface Change {
  readonly kind: Mutation["kind"];
  readonly at: string;
  readonly was: unknown;
  readonly tree: unknown;
}

/** A value and what it is called. */
interface Spot {
  readonly value: unknown;
  readonly at: string;
}

function changedText(text: string): string {
  const last = text.at(-1) ?? "";
  return `${text.slice(0, -1)}${last === "0" ? "1" : /\d/.test(last) ? "0" : /[a-f]/.test(last) ? "9" : `${last}x`}`;
}

function changedLeaf(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "string") return changedText(value);
  return value === null ? 1 : !value;
}

function retyped(value: unknown): unknown {
  return typeof value === "number" ? String(value) : typeof value === "string" ? 17 : "17";
}

function replaced<T>(list: readonly T[], index: number, by: T): T[] {
  return list.map((item, other) => (other === index ? by : item));
}

function* inList(
  { value, at }: Spot & { readonly value: readonly unknown[] },
  ordered: boolean,
): Generator<Change> {
  if (value.length > 0) yield { kind: "row", at, was: "dropped", tree: value.slice(1) };
  if (value.length === 0) yield { kind: "row", at, was: "added", tree: [{}] };
  else yield { kind: "row", at, was: "doubled", tree: [...value, value[0]] };
  const [first, second, ...others] = value;
  if (ordered && value.length > 1 && JSON.stringify(first) !== JSON.stringify(second))
    yield { kind: "order", at, was: "as it came", tree: [second, first, ...others] };
  for (const [index, item] of value.entries()) {
    for (const change of changesOf({ value: item, at: `${at}[]` }, ordered))
      yield { ...change, tree: replaced(value, index, change.tree) };
  }
}

function* inRow(
  { value, at }: Spot & { readonly value: Readonly<Record<string, unknown>> },
  ordered: boolean,
): Generator<Change> {
  yield { kind: "add", at, was: undefined, tree: { ...value, more: 1 } };
  for (const [key, item] of Object.entries(value)) {
    const { [key]: _, ...others } = value;
    yield { kind: "drop", at: `${at}.${key}`, was: item, tree: others };
    for (const change of changesOf({ value: item, at: `${at}.${key}` }, ordered))
      yield { ...change, tree: { ...value, [key]: change.tree } };
  }
}

function* changesOf(spot: Spot, ordered: boolean): Generator<Change> {
  const { value, at } = spot;
  if (Array.isArray(value)) yield* inList({ value, at }, ordered);
  else if (isRow(value)) yield* inRow({ value, at }, ordered);
  else {
    yield { kind: "value", at, was: value, tree: changedLeaf(value) };
    yield { kind: "type", at, was: value, tree: retyped(value) };
  }
}

function* ofHeaders(headers: Readonly<Record<string, string>>): Generator<Omit<Change, "kind">> {
  for (const [name, value] of Object.entries(headers)) {
    const { [name]: _, ...others } = headers;
    yield { at: name, was: value, tree: others };
    yield { at: name, was: value, tree: { ...headers, [name]: changedText(value) } };
  }
  yield { at: "more", was: undefined, tree: { ...headers, "x-more": "1" } };
}

function* ofText(text: string): Generator<string> {
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    yield replaced(lines, index, changedText(line)).join("\n");
    yield lines.filter((_, other) => other !== index).join("\n");
  }
}

function* ofShell(line: Recorded): Generator<Mutation> {
  const { res } = line;
  const make = (at: string, was: unknown, changed: Partial<RecordedAnswer>): Mutation => ({
    kind: "shell",
    at,
    was,
    line: { ...line, res: { ...res, ...changed } },
  });
  yield make("rc", res.rc, { rc: (res.rc ?? 0) + 1 });
  for (const stdout of ofText(res.stdout ?? "")) yield make("stdout", res.stdout, { stdout });
  for (const stderr of ofText(res.stderr ?? "")) yield make("stderr", res.stderr, { stderr });
}

/** Every single change of a recorded answer. */
export function* mutationsOf(line: Recorded): Generator<Mutation> {
  if (line.req.method === "SHELL") yield* ofShell(line);
  else yield* ofAnswer(line);
}

function* ofAnswer(line: Recorded): Generator<Mutation> {
  const { res } = line;
  const make = (change: Omit<Change, "tree">, changed: Partial<RecordedAnswer>): Mutation => ({
    kind: change.kind,
    at: change.at,
    was: change.was,
    line: { ...line, res: { ...res, ...changed } },
  });
  yield make({ kind: "status", at: "", was: res.status }, { status: (res.status ?? 0) + 1 });
  if (res.reason !== undefined)
    yield make({ kind: "reason", at: "", was: res.reason }, { reason: `${res.reason}x` });
  for (const { at, was, tree } of ofHeaders(res.headers ?? {})) {
    // as: made from headers by leaving out, changing or adding one.
    yield make({ kind: "header", at, was }, { headers: tree as Record<string, string> });
  }
  if (res.text !== undefined) yield make({ kind: "text", at: "", was: res.text }, { text: `${res.text}x` });
  if (res.json === undefined) return;
  const ordered = isOrdered(line.req.path ?? "", res.json);
  for (const change of changesOf({ value: res.json, at: "" }, ordered))
    yield make(change, { json: change.tree });
}

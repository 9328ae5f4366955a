import type { Recorded } from "../recording.ts";
import type { WireAnswer } from "../wire-answer.ts";
import { BodyComparison } from "./compare-body.ts";
import { compareHeaders } from "./compare-headers.ts";
import { compareLogs } from "./compare-log.ts";
import { isOrdered } from "./ordered.ts";
import { References } from "./references.ts";
import { isRow } from "./rows.ts";

/** What a judge makes of an answer: the differences, and what it would know with it. */
export interface Judgement {
  readonly differences: readonly string[];
  readonly references: References;
}

/** Judges our answer to a recorded line; nothing is kept of it but what comes back. */
export function judge(line: Recorded, answer: WireAnswer, known: References): Judgement {
  const references = new References(known);
  const { res } = line;
  if (answer.status !== (res.status ?? 0)) {
    const got = `${answer.status} ${answer.reason} ${answer.body.toString().slice(0, 200)}`;
    return { differences: [`status: recorded ${res.status} ${res.reason}, got ${got}`], references };
  }
  const differences = [
    ...compareReason(res.reason, answer.reason, references),
    ...compareHeaders(res, answer, references),
    ...compareContent(line, answer.body, references),
  ];
  return { differences, references };
}

function compareReason(recorded: string | undefined, ours: string, references: References): string[] {
  if (recorded === undefined || references.same(recorded, ours)) return [];
  return [`reason: recorded ${JSON.stringify(recorded)}, got ${JSON.stringify(ours)}`];
}

function compareContent(line: Recorded, body: Buffer, references: References): readonly string[] {
  const { res } = line;
  if (res.firstBytesHex !== undefined) {
    // A JSON object begins with any of its fields.
    const wanted = Buffer.from(res.firstBytesHex, "hex").toString().replace(/^\{/, "");
    const fits = wanted.startsWith('"') ? body.includes(wanted) : body.toString().startsWith(wanted);
    return fits ? [] : [`body: recorded ${wanted}, got ${body.toString().slice(0, 60)}`];
  }
  if (res.text !== undefined) return compareText(res.text, body.toString(), references);
  const ours = parse(body.toString());
  if (typeof res.bodyDropped === "string") return compareDropped(res.bodyDropped, ours);
  if (res.json === undefined) return [];
  return compareJson(line, ours, references);
}

function compareJson(line: Recorded, ours: unknown, references: References): readonly string[] {
  const { req, res } = line;
  const trimmed = typeof res.trimmedFrom === "number" ? { trimmedFrom: res.trimmedFrom } : {};
  const comparison = new BodyComparison(references, {
    ordered: isOrdered(req.path ?? "", res.json),
    ...trimmed,
  });
  const [left, right] = [logOf(line, res.json), logOf(line, ours)];
  if (left === undefined || right === undefined) {
    comparison.body(res.json, ours);
    return comparison.differences;
  }
  comparison.body(left.rest, right.rest);
  return [...compareLogs(left.lines, right.lines, references), ...comparison.differences];
}

function compareText(recorded: string, ours: string, references: References): string[] {
  if (recorded === "<ticket answer>")
    return ours.includes("ticket") ? [] : ["body: recorded a ticket, got none"];
  if (references.same(recorded, ours)) return [];
  return [
    `body: recorded ${JSON.stringify(recorded.slice(0, 160))}, got ${JSON.stringify(ours.slice(0, 160))}`,
  ];
}

/** Of some large bodies the recorder kept only what they were. */
function compareDropped(kind: string, ours: unknown): string[] {
  const data = isRow(ours) ? ours["data"] : undefined;
  const got = Array.isArray(data) ? "list" : typeof data === "string" ? "str" : typeof data;
  return kind === got ? [] : [`.data: recorded a ${kind}, got a ${got}`];
}

/** A task's log: its texts, and everything else of the body with the lines numbered. */
function logOf(
  line: Recorded,
  body: unknown,
): { readonly lines: readonly string[]; readonly rest: unknown } | undefined {
  if (!/\/tasks\/[^/]+\/log(?:\?|$)/.test(line.req.path ?? "") || !isRow(body)) return undefined;
  const { data } = body;
  if (!Array.isArray(data) || !data.every((row) => isRow(row) && typeof row["t"] === "string"))
    return undefined;
  const rows = data.filter(isRow);
  const first = Number(rows[0]?.["n"] ?? 1);
  const astray = rows.findIndex((row, index) => row["n"] !== first + index);
  const others = rows
    .map(({ t: _t, n: _n, ...other }) => other)
    .filter((other) => Object.keys(other).length > 0);
  // The numbers go on from the first, and the total counts the lines; how many there are, the texts tell.
  const total = typeof body["total"] === "number" ? body["total"] - rows.length : body["total"];
  return {
    lines: rows.map((row) => String(row["t"])),
    rest: { ...body, total, data: [{ first, astray, others }] },
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

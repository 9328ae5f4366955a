import {
  type Progress,
  type ProgressItem,
  type ProgressPhase,
  type ProgressShare,
  progressItems,
  progressWords,
} from "./progress.ts";
import { isProperties, type JsonValue, type Properties, parseProperties } from "./properties.ts";

/** Tells our lines from all others in a log that has nothing but text. */
const mark = "coppice:progress ";

/** Progress as one line of a log, to be read back by {@link parseProgressLine}. */
export function progressLine(progress: Progress): string {
  return mark + JSON.stringify(progress);
}

/** The progress that a line of a log carries; undefined for every other line, and for words of a later version. */
export function parseProgressLine(line: string): Progress | undefined {
  if (!line.startsWith(mark)) return undefined;
  const fields = parseProperties(line.slice(mark.length));
  return fields && progressOf(fields);
}

function progressOf(fields: Properties): Progress | undefined {
  const verb = oneOf(progressWords, fields["verb"]);
  const phase = oneOf(phases, fields["phase"]);
  const item = itemOf(fields["item"]);
  if (verb === undefined || phase === undefined || item === undefined) return undefined;
  const { node } = fields;
  const share = shareOf(fields["share"]);
  return { verb, phase, item, ...(typeof node === "string" && { node }), ...(share && { share }) };
}

const phases: Readonly<Record<ProgressPhase, true>> = { begun: true, done: true, failed: true };

function itemOf(value: JsonValue | undefined): ProgressItem | undefined {
  if (!isProperties(value)) return undefined;
  const kind = oneOf(progressItems, value["kind"]);
  const name = value["name"];
  return kind !== undefined && typeof name === "string" ? { kind, name } : undefined;
}

function shareOf(value: JsonValue | undefined): ProgressShare | undefined {
  if (!isProperties(value)) return undefined;
  const { done, all } = value;
  return typeof done === "number" && typeof all === "number" ? { done, all } : undefined;
}

/** The value as a key of a table, if it is one. */
function oneOf<Table extends object>(table: Table, value: JsonValue | undefined): keyof Table | undefined {
  return typeof value === "string" && isKey(table, value) ? value : undefined;
}

function isKey<Table extends object>(table: Table, name: string): name is keyof Table & string {
  return Object.hasOwn(table, name);
}

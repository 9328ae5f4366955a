import type { ErrorCode } from "../errors/error-code.ts";

/** Where a value lies: names of fields and keys, and places in lists. */
export type FieldPath = readonly (string | number)[];

/**
 * Writes a path as Pulumi reads it.
 *
 * @example formatPath(["reset", "seat-01"]) // 'reset["seat-01"]'
 */
export function formatPath(path: FieldPath): string {
  return path.map((step, index) => stepText(step, index === 0)).join("");
}

function stepText(step: string | number, isFirst: boolean): string {
  if (typeof step === "number") return `[${step}]`;
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(step)) return isFirst ? step : `.${step}`;
  return `["${step.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"]`;
}

/** What is wrong with one field. */
export interface Mistake {
  /** Where, for example `["publish", "policyOf", "ada"]`. */
  readonly path: FieldPath;
  /** What is wrong and the way out, as the rest of a sentence that begins with the field: `is 0; choose 1 to 512`. */
  readonly reason: string;
  /** The code of its own that it is told with; `arguments.wrong` without one. */
  readonly code?: ErrorCode;
}

/** One thing that may be wrong with several fields together. */
export interface Rule<Value extends object = object> {
  /** The fields that it reads, nested ones as `publish.policyOf`. It is asked when all are known and right. */
  readonly needs: readonly string[];
  /** Gets the fields that it needs and no others, with defaults filled in. */
  find(value: Value): readonly Mistake[];
}

/** The same mistakes, seen from where their object lies. */
export function under(step: string | number, mistakes: readonly Mistake[]): Mistake[] {
  return mistakes.map((mistake) => ({ ...mistake, path: [step, ...mistake.path] }));
}

/**
 * A mistake as a sentence.
 *
 * @example mistakeSentence({ path: ["hardware", "cores"], reason: "is 0; choose 1 to 512" })
 * // "'hardware.cores' is 0; choose 1 to 512"
 */
export function mistakeSentence({ path, reason }: Mistake): string {
  return path.length === 0 ? `What is given ${reason}` : `'${formatPath(path)}' ${reason}`;
}

/**
 * Everything that is wrong with one thing, as people read it: one mistake on one line, several as a list.
 *
 * @example mistakesText("LabClass 'lab'", mistakes) // "LabClass 'lab': 'seats' is -1; choose 0 or more"
 */
export function mistakesText(subject: string, mistakes: readonly Mistake[]): string {
  const sentences = mistakes.map(mistakeSentence);
  if (sentences.length === 1) return `${subject}: ${sentences[0]}`;
  return [`${subject} has ${sentences.length} mistakes:`, ...sentences.map((each) => `  ${each}`)].join("\n");
}

import { judge } from "../judge/judge.ts";
import { judgeShell } from "../judge/judge-shell.ts";
import { References } from "../judge/references.ts";
import type { Recorded } from "../recording.ts";
import type { Mutation } from "./mutations.ts";
import { recordedAnswer } from "./recorded-answer.ts";

/** A recorded line, what its answer says, and what was known before it. */
export interface Step {
  readonly line: Recorded;
  readonly text: string;
  readonly known: References;
}

/** Judges a line, perhaps a changed one, by the answer that was recorded. */
function judgeBy(line: Recorded, original: Recorded, known: References) {
  const { rc = 0, stdout = "", stderr = "" } = original.res;
  return line.req.method === "SHELL"
    ? judgeShell(line, { code: rc, stdout, stderr }, known)
    : judge(line, recordedAnswer(original), known);
}

/** The lines of a story one after the other, each judged by itself: nothing may differ. */
export function stepsOf(lines: readonly Recorded[]): Step[] {
  let known = new References();
  return lines.map((line) => {
    const step = { line, text: JSON.stringify(line.res), known };
    const { differences, references } = judgeBy(line, line, known);
    if (differences.length > 0)
      throw new Error(`${line.group} ${line.n} differs from itself: ${differences[0]}`);
    known = references;
    return step;
  });
}

/**
 * Whether the tool notices a change: at its line, or at a later one that holds the name which the changed one now stands
 * for, and so cannot bind it any more.
 */
export function isNoticed({ line }: Mutation, at: number, steps: readonly Step[]): boolean {
  const step = steps[at];
  if (step === undefined) throw new RangeError(`there is no line ${at}`);
  const { differences, references } = judgeBy(line, step.line, step.known);
  if (differences.length > 0) return true;
  const taken = [...references.news()]
    .filter(([recorded, ours]) => recorded !== ours)
    .map(([, ours]) => ours);
  if (taken.length === 0) return false;
  const later = steps.slice(at + 1).filter(({ text }) => taken.some((name) => text.includes(name)));
  let known = references;
  for (const next of later) {
    const judgement = judgeBy(next.line, next.line, known);
    if (judgement.differences.length > 0) return true;
    known = judgement.references;
  }
  return false;
}

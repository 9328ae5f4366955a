import type { Recorded } from "../recording.ts";
import { compareLogs } from "./compare-log.ts";
import type { Judgement } from "./judge.ts";
import { References } from "./references.ts";

/** What a command on a node came to. */
export interface ShellResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Judges what a recorded command came to here. */
export function judgeShell({ res }: Recorded, result: ShellResult, known: References): Judgement {
  const references = new References(known);
  const compare = (recorded: string | undefined, ours: string) =>
    compareLogs((recorded ?? "").split("\n"), ours.split("\n"), references);
  const differences =
    result.code === res.rc
      ? [...compare(res.stdout, result.stdout), ...compare(res.stderr, result.stderr)]
      : [`exit code: recorded ${res.rc}, got ${result.code} ${result.stderr.slice(0, 200)}`];
  return { differences, references };
}

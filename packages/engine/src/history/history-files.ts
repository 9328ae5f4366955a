import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { orUndefined } from "../files/or-undefined.ts";
import type { StackName } from "../lease/stack-place.ts";

/**
 * The files of a stack's history in a folder of states, oldest first. The engine names them by when they were written, in
 * nanoseconds (`pkg/backend/diy/state.go`).
 */
export async function historyFiles(folder: string, { project, stack }: StackName): Promise<string[]> {
  const history = join(folder, ".pulumi", "history", project, stack);
  const names = (await readdir(history).catch(orUndefined)) ?? [];
  return names
    .filter((name) => /\.history\.json(?:\.gz)?$/.test(name))
    .sort((a, b) => compare(momentOf(a), momentOf(b)))
    .map((name) => join(history, name));
}

function momentOf(file: string): bigint {
  const [, moment = "0"] = /-(\d+)\.history\.json/.exec(file) ?? [];
  return BigInt(moment);
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

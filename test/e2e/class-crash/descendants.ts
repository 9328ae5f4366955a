import { readdirSync, readFileSync } from "node:fs";

/** The processes that a process started, and those that they started (Linux's /proc/<pid>/stat: fields 1 and 4). */
export function descendants(pid: number): number[] {
  const parents = new Map(readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? parentOf(name) : [])));
  const below = (above: number): number[] => {
    const children = [...parents].flatMap(([child, parent]) => (parent === above ? [child] : []));
    return [...children, ...children.flatMap(below)];
  };
  return below(pid);
}

function parentOf(pid: string): [readonly [number, number]] | [] {
  try {
    // The command, in brackets, may hold anything, also spaces and brackets.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return [[Number(pid), Number(parent)]];
  } catch {
    // Ended since the folder was read.
    return [];
  }
}

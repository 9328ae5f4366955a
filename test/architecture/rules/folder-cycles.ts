/**
 * Finds folders that import each other in circles. Pure: it is given the edges of the import graph, file to file.
 *
 * A folder is compared with its siblings: of `a/b/x.ts → a/c/y.ts` it is b → c within a. A file that lies directly
 * in a folder counts as that folder's own: it may import the sub-folders, or be imported by them, but not both.
 */

/** One import: [the file that imports, the file it imports], both relative to the same root, with `/`. */
export type ImportEdge = readonly [from: string, to: string];

/** Folders of one parent that import each other in a circle. */
export interface FolderCycle {
  /** The folder whose parts form the circle; "" is the root. */
  readonly within: string;
  /** The parts: names of sub-folders, and "." for the files that lie in the folder itself. */
  readonly parts: readonly string[];
  /** Every import between two of the parts. */
  readonly imports: readonly ImportEdge[];
}

/** The files that lie in the folder itself, as a part of it. */
const OWN_FILES = ".";

interface Step {
  readonly from: string;
  readonly to: string;
  readonly edge: ImportEdge;
}

/** The cycles among folders, at every depth, outermost first. */
export function folderCycles(edges: readonly ImportEdge[]): FolderCycle[] {
  const byParent = new Map<string, Step[]>();
  for (const edge of edges) {
    const { within, from, to } = divide(edge);
    if (from === to) continue;
    byParent.set(within, [...(byParent.get(within) ?? []), { from, to, edge }]);
  }
  return [...byParent]
    .sort(([a], [b]) => depth(a) - depth(b) || a.localeCompare(b))
    .flatMap(([within, steps]) => cyclesOf(within, steps));
}

/** Where two files part: their deepest common folder, and the part of it in which each lies. */
function divide([fromFile, toFile]: ImportEdge): { within: string; from: string; to: string } {
  const from = fromFile.split("/");
  const to = toFile.split("/");
  const last = Math.min(from.length, to.length) - 1;
  let common = 0;
  while (common < last && from[common] === to[common]) common++;
  return { within: from.slice(0, common).join("/"), from: partOf(from, common), to: partOf(to, common) };
}

function partOf(path: readonly string[], depthOfParent: number): string {
  return path.length === depthOfParent + 1 ? OWN_FILES : (path[depthOfParent] ?? OWN_FILES);
}

function cyclesOf(within: string, steps: readonly Step[]): FolderCycle[] {
  const reached = reach(steps);
  const seen = new Set<string>();
  const cycles: FolderCycle[] = [];
  for (const part of [...reached.keys()].sort()) {
    if (seen.has(part)) continue;
    const parts = [...(reached.get(part) ?? [])].filter((other) => reached.get(other)?.has(part)).sort();
    if (parts.length === 0) continue;
    for (const one of parts) seen.add(one);
    const inside = steps.filter(({ from, to }) => parts.includes(from) && parts.includes(to));
    cycles.push({ within, parts, imports: inside.map(({ edge }) => edge) });
  }
  return cycles;
}

/** For each part, all that it imports, directly or through others. */
function reach(steps: readonly Step[]): Map<string, Set<string>> {
  const direct = new Map<string, Set<string>>();
  for (const { from, to } of steps) direct.set(from, (direct.get(from) ?? new Set<string>()).add(to));
  return new Map([...direct.keys()].map((part) => [part, allFrom(part, direct)]));
}

function allFrom(start: string, direct: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  const open = [...(direct.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(direct.get(next) ?? []));
  }
  return found;
}

function depth(path: string): number {
  return path === "" ? 0 : path.split("/").length;
}

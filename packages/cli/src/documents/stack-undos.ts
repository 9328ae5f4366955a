import { documentChanges, planUndo, type UndoPlan, type UndoRequest } from "@coppice/engine";
import type { ClusterVersion } from "./cluster-version.ts";

/** What becomes of one stack when its cluster goes back to a version. */
export interface StackUndo {
  readonly project: string;
  readonly plan: UndoPlan;
}

/**
 * Plans the way back of every stack that declares something else now than it did at a version. That version's own stack
 * always has a plan; of another one counts what it had declared by then, which may be nothing.
 *
 * @throws CoppiceError `stack.no-version`
 */
export function stackUndos(
  versions: readonly ClusterVersion[],
  { number, pools, now }: Omit<UndoRequest, "versions">,
): StackUndo[] {
  const meant = versions.find((version) => version.number === number);
  // The refusal names what there is to choose of.
  if (meant?.documents === undefined) planUndo({ versions, number, pools, now });
  const projects = [...new Set(versions.map(({ project }) => project))];
  return projects.flatMap((project) => {
    const own = versions.filter((version) => version.project === project);
    const then = own.findLast((each) => each.number <= number && each.documents !== undefined);
    const declared = own.findLast(({ documents }) => documents !== undefined)?.documents ?? [];
    const isOther = project !== meant?.project;
    if (isOther && documentChanges(declared, then?.documents ?? []).length === 0) return [];
    const all = [nothingYet(project), ...own];
    // A Pool may be called as a class is, and has no machines.
    const machines = project === "coppice-tenant" ? pools : {};
    return [{ project, plan: planUndo({ versions: all, number: then?.number ?? 0, pools: machines, now }) }];
  });
}

/** Before its first version a stack declared nothing. */
function nothingYet(project: string): ClusterVersion {
  const said = { time: undefined, who: undefined, message: "", verb: "none", result: "succeeded" } as const;
  return { ...said, number: 0, project, documents: [] };
}

import { type NodeOrder, runOrders, storageOrders } from "@coppice/clusters";
import { byNode, type ClassRun } from "../class-run/class-run.ts";

/**
 * Numbers that new seats would get and that have an image folder on the storage which is not ours, though no machine has
 * them: disks that somebody forgot, or keeps. A run finds that out when it makes the disks, and passes them over.
 */
export async function findFolders(run: ClassRun): Promise<ReadonlySet<number>> {
  if (run.madeBy === "linked") return new Set();
  const fresh = run.plan.seats.filter(({ verb, found }) => verb === "make" && found !== true);
  const found = await Promise.all(
    [...byNode(fresh)].map(async ([node, seats]) => {
      const orders = seats.map(({ seat, vmid }): NodeOrder => ["marked", seat, vmid]);
      const head = storageOrders(run.mark, run.inputs.base.storage);
      const answers = await runOrders(run.cluster, node, [...head, ...orders]);
      return seats.flatMap(({ seat, vmid }) => (answers.get(seat)?.detail === "theirs" ? [vmid] : []));
    }),
  );
  return new Set(found.flat());
}

/** Why numbers are passed over, in words. */
export function folderWords({ inputs }: Pick<ClassRun, "inputs">, vmids: readonly number[]): string {
  const [which, have] = vmids.length === 1 ? ["Number", "has"] : ["Numbers", "have"];
  return (
    `${which} ${vmids.toSorted((a, b) => a - b).join(", ")} ${have} an image folder of nobody's on storage ` +
    `'${inputs.base.storage}' and no machine: passed over. Remove the folder by hand if nobody needs its disks.`
  );
}

import { generationName, readStorage, type StorageFitness, spaceProblem } from "@coppice/clusters";
import { CoppiceError, disksSize } from "@coppice/core";
import type { GenerationRun } from "./generation-run.ts";
import { sourceDisks } from "./source-disks.ts";

/** What is to be copied where. */
export type Copying = Pick<GenerationRun, "inputs" | "cluster" | "source" | "nodes" | "observed"> & {
  /** The storage as the source's node sees it. */
  readonly storage: StorageFitness;
};

/**
 * Refuses copies for which a storage cannot be used or has no room, on any node, before the first of them is begun: a
 * full copy may come to the size of its disks, also of those that it is rid of afterwards.
 */
export async function assertRoom(copying: Copying): Promise<void> {
  const { inputs, cluster, source, storage: atHome } = copying;
  const each = disksSize({ disks: sourceDisks(source.config.values) });
  await Promise.all(
    [...copiesOn(copying)].map(async ([node, count]) => {
      const isHome = node === source.guest.node;
      const storage = isHome ? atHome : await readStorage(cluster, node, inputs.storage);
      assertFit(copying, node, storage);
      const demand = { words: ["copy takes up to", "copies take up to"], count, each } as const;
      const problem = inputs.overcommit ? undefined : spaceProblem(inputs.storage, storage, [demand]);
      if (problem !== undefined) throw noRoom(copying, node, problem);
    }),
  );
}

/**
 * How many copies a node comes to hold at the same time. From local storage Proxmox clones only onto the same node, so one
 * that is about to be moved, one after the other, lies beside the source's own. What an interrupted run left has its room.
 */
function copiesOn({ inputs, source, nodes, observed }: Copying): ReadonlyMap<string, number> {
  const home = source.guest.node;
  const left = [...observed.guests.values()].filter(({ name }) => name === generationName(inputs));
  const missing = nodes.filter((node) => !left.some((guest) => guest.node === node));
  const isMoving = missing.some((node) => node !== home);
  const counts = new Map(missing.map((node) => [node, 1]));
  return counts.set(home, (counts.get(home) ?? 0) + (isMoving ? 1 : 0));
}

function assertFit({ inputs }: Copying, node: string, { problem }: StorageFitness): void {
  if (problem === undefined) return;
  throw new CoppiceError("pool.storage", {
    what: `Generation ${inputs.number} of class '${inputs.class}' cannot be made`,
    why: `storage '${inputs.storage}' on node '${node}' ${problem.what}`,
    wayOut: problem.wayOut,
  });
}

function noRoom({ inputs }: Copying, node: string, problem: string): CoppiceError {
  return new CoppiceError("pool.space", {
    what: `Generation ${inputs.number} of class '${inputs.class}' cannot be made`,
    why: `${problem} on node '${node}'`,
    wayOut: "Make room, choose another 'storage', or accept the risk with 'overcommit'",
  });
}

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { CoppiceError } from "@coppice/core";
import { type HeldByStack, heldByStacks } from "./held-by-stacks.ts";
import { withClusterLock } from "./with-cluster-lock.ts";

/** Refuses a cluster on which stacks hold something. */
export async function assertUnused(name: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const held = await heldByStacks(name, environment);
  if (held.length > 0) throw inUse(name, held);
}

/** Takes a cluster out of the registry, with the files that were made for it. Nothing is asked of the cluster. */
export async function removeCluster(
  folder: string,
  name: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  await withClusterLock({ folder, name, work: `remove ${name}` }, async () => {
    await assertUnused(name, environment);
    // The entry first: without it the files are nobody's.
    await rm(join(folder, `${name}.yaml`));
    await rm(join(folder, name), { recursive: true, force: true });
  });
}

function inUse(name: string, held: readonly HeldByStack[]): CoppiceError {
  const list = held.map(({ stack, documents }) => `${documents.join(", ")} (stack ${stack})`);
  return new CoppiceError("cluster.in-use", {
    what: `The cluster '${name}' cannot be taken out of the registry`,
    why: `there are still: ${list.join("; ")}`,
    wayOut: "Destroy them first; without the cluster nobody could",
  });
}

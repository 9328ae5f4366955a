import type { Properties } from "@coppice/core";
import { type EngineOptions, readStack, type StackName } from "@coppice/engine";
import { registeredClusters } from "./read-given.ts";

/** A stack, and the cluster that it is on. */
interface StackOfCluster extends StackName {
  readonly cluster: string;
}

/** The clusters that stacks are on: the registry's entries; of one that a document described, that of the stack's last run. */
export async function clustersOfStacks(
  options: EngineOptions,
  stacks: readonly StackOfCluster[],
): Promise<Properties> {
  const names = new Set(stacks.map(({ cluster }) => cluster));
  const registered = await registeredClusters(process.env, names);
  const others = stacks.filter(({ cluster }) => registered[cluster] === undefined);
  const recorded = await Promise.all(others.map(async (stack) => (await readStack(options, stack)).clusters));
  return Object.fromEntries([...recorded, registered].flatMap((entries) => Object.entries(entries)));
}

import { CoppiceError } from "@coppice/core";
import { askEngine, type EngineOptions, listStacks, readHistory } from "@coppice/engine";
import type { ClusterVersion } from "./cluster-version.ts";
import { inOneOrder } from "./in-one-order.ts";

/**
 * The versions of what documents made on a cluster, oldest first and counted through: what stands in the cluster's own stack
 * and what stands in a tenant's is applied together, and goes back together.
 *
 * @throws CoppiceError `document.missing`
 */
export async function clusterVersions(
  options: EngineOptions,
  cluster: string,
): Promise<readonly ClusterVersion[]> {
  const stacks = (await listStacks(options)).filter(({ stack }) => stack === cluster);
  if (stacks.length === 0) {
    throw new CoppiceError("document.missing", {
      what: `There is no history of documents on '${cluster}'`,
      why: "nothing was ever made there from this home",
      wayOut: "Name another cluster by --cluster; `coppice list` shows what there is",
    });
  }
  const histories = await Promise.all(
    stacks.map(async (name) => {
      const versions = await readHistory(options.home, name, async (args) => await askEngine(options, args));
      return versions.map((version) => ({ ...version, project: name.project }));
    }),
  );
  return inOneOrder(histories);
}

import { CoppiceError } from "@coppice/core";
import {
  askEngine,
  type EngineOptions,
  listStacks,
  type NamedStack,
  namedStack,
  readHistory,
} from "@coppice/engine";
import type { ClusterVersion } from "./cluster-version.ts";
import { inOneOrder } from "./in-one-order.ts";

/** Whose versions are meant. */
export interface VersionsWish {
  readonly cluster: string;
  /** A tenant's alone; without one, what is nobody's and what stands on the cluster as a whole. */
  readonly tenant?: string | undefined;
}

/**
 * The versions of what documents made on a cluster, oldest first and counted through: what stands in the cluster's own stack
 * and what is nobody's is applied together, and goes back together. A tenant's go by themselves.
 *
 * @throws CoppiceError `document.missing`
 */
export async function clusterVersions(
  options: EngineOptions,
  { cluster, tenant }: VersionsWish,
): Promise<readonly ClusterVersion[]> {
  const there = (await listStacks(options)).map(namedStack).filter((each) => each.cluster === cluster);
  const stacks = there.filter((each) => each.tenant === tenant);
  if (stacks.length === 0) throw missing({ cluster, tenant }, there);
  const histories = await Promise.all(
    stacks.map(async (name) => {
      const versions = await readHistory(options.home, name, async (args) => await askEngine(options, args));
      return versions.map((version) => ({ ...version, project: name.project }));
    }),
  );
  return inOneOrder(histories);
}

function missing({ cluster, tenant }: VersionsWish, there: readonly NamedStack[]): CoppiceError {
  const whose = tenant === undefined ? "" : ` of the tenant '${tenant}'`;
  const others = there.flatMap((each) => each.tenant ?? []);
  return new CoppiceError("document.missing", {
    what: `There is no history of documents${whose} on '${cluster}'`,
    why:
      others.length === 0
        ? "nothing was ever made there from this home"
        : `what was made there from this home is of ${others.join(", ")}`,
    wayOut:
      others.length === 0
        ? "Name another cluster by --cluster; `coppice list` shows what there is"
        : "Name one of them by --tenant, or another cluster by --cluster",
  });
}

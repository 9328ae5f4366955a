import { compare } from "../frame/compare.ts";
import type { Row, Target } from "../frame/row.ts";
import { BenchCluster } from "./bench-cluster.ts";
import { clones, deletes } from "./peers.ts";

/** What it costs that a class leaves, against Proxmox's own removals of as many machines. */
export async function removals(bench: BenchCluster): Promise<Row[]> {
  await using withoutBulk = await BenchCluster.start({ bulk: false });
  const least: Target = { of: "ratio", limit: "at most", value: 1.1 };
  return [
    await removal(withoutBulk, { count: 25, method: "overlay", way: "by Proxmox's API", target: least }),
    await removal(bench, { count: 25, method: "bulk", way: "on its node", target: least }),
    await removal(bench, {
      count: 200,
      method: "bulk",
      way: "on its node",
      target: { of: "ours", limit: "at most", value: 5_000 },
    }),
  ];
}

interface Leaving {
  readonly count: number;
  readonly method: string;
  readonly way: string;
  readonly target: Target;
}

async function removal(bench: BenchCluster, { count, method, way, target }: Leaving): Promise<Row> {
  const vmids = Array.from({ length: count }, (_, index) => 21_000 + index);
  return await compare({
    metric: `removal of ${count} seats by pulumi up, ${way}, against Proxmox's own removals, four at once`,
    unit: "ms",
    rounds: count > 100 ? 1 : 3,
    ours: async () => {
      await bench.up(count, method);
      return await bench.up(0, method);
    },
    peer: async () => {
      await clones(bench.lab, vmids, { atOnce: 4 });
      const start = performance.now();
      await bench.up(0, method);
      await deletes(bench.lab, vmids);
      return performance.now() - start;
    },
    target,
  });
}

import { reasonOf, runOrders, storageOrders } from "@coppice/clusters";
import { type ClassRun, step } from "../class-run/class-run.ts";
import { removeLeftovers } from "./remove-leftovers.ts";

/**
 * Takes our markers away where a machine exists, and everything where none does: also what a run left that was
 * interrupted before. On a shared storage one node sees it all.
 */
export async function sweep(run: ClassRun, nodes: ReadonlySet<string>): Promise<void> {
  const { shared, storage, copies } = run.inputs.base;
  const online = run.observed.nodes.filter(({ state }) => state === "online").map(({ node }) => node);
  const all = shared ? [...nodes].slice(0, 1) : [...new Set([...nodes, ...Object.keys(copies)])];
  await Promise.all(
    all
      .filter((node) => online.includes(node))
      .map(async (node) => {
        try {
          await removeLeftovers(run, node);
          await step(run, `sweep ${node}`, () =>
            runOrders(run.cluster, node, [...storageOrders(run.mark, storage), ["sweep", "sweep"]]),
          );
        } catch (error) {
          run.context.warn(
            `Files that an interrupted run may have left on ${node} were not looked at: ${reasonOf(error)} ` +
              "The next run looks again.",
          );
        }
      }),
  );
}

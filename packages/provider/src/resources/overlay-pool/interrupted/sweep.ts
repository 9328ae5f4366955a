import { closingStep, runOrders, storageOrders } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { type ClassRun, isCancelled } from "../class-run/class-run.ts";
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
          if (!isCancelled(run)) await removeLeftovers(run, node);
          await closingStep(run, `sweep ${node}`, () =>
            runOrders(run.cluster, node, [...storageOrders(run.mark, storage), ["sweep", "sweep"]]),
          );
        } catch (error) {
          run.context.warn(
            `Files that an interrupted run may have left on ${node} were not looked at: ${CoppiceError.of(error).message}. ` +
              "The next run looks again.",
          );
        }
      }),
  );
}

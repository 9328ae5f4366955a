import { closingStep, runOrders, storageOrders } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { type ClassRun, isCancelled } from "../class-run/class-run.ts";
import { notDone } from "../disks/node-orders.ts";
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
          await closingStep(run, `sweep ${node}`, () => sweepNode(run, node, storage));
        } catch (error) {
          run.context.warn(
            `Files that an interrupted run may have left on ${node} were not all removed: ${CoppiceError.of(error).message}. ` +
              "The next run looks again.",
          );
        }
      }),
  );
}

async function sweepNode(run: ClassRun, node: string, storage: string): Promise<void> {
  const orders = [...storageOrders(run.mark, storage), ["sweep", "sweep"] as const];
  const answer = (await runOrders(run.cluster, node, orders)).get("sweep");
  if (answer?.word !== "ok") throw notDone(node, answer);
}

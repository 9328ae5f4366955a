import { type NodeOrder, type ObservedGuest, runOrders, step, storageOrders } from "@coppice/clusters";
import { inspectVmid, removeLeftover, unlockOverSsh } from "@coppice/pve";
import type { ClassRun } from "../class-run/class-run.ts";

/**
 * Removes configurations of a node that hold nothing but `lock: create` and lie on a number whose folder carries our
 * marker: creates of ours that broke off with the node, the worker or the quorum.
 */
export async function removeLeftovers(run: ClassRun, node: string): Promise<void> {
  const locked = run.plan.foreign.filter((guest) => guest.lock === "create" && guest.node === node);
  if (locked.length === 0) return;
  const asked = locked.map(({ vmid }): NodeOrder => ["marked", String(vmid), vmid]);
  const answers = await runOrders(run.cluster, node, [
    ...storageOrders(run.mark, run.inputs.base.storage),
    ...asked,
  ]);
  for (const guest of locked) {
    if (answers.get(String(guest.vmid))?.detail === "ours") await removeOurs(run, guest);
  }
}

async function removeOurs(run: ClassRun, { node, vmid }: ObservedGuest): Promise<void> {
  const { client } = run.cluster;
  if ((await inspectVmid(client, { node, vmid })) !== "leftover") return;
  const shell = run.cluster.ssh(node);
  const unlock = shell && unlockOverSsh(shell);
  await step(run, `remove leftover ${vmid}`, () =>
    removeLeftover(client, { node, vmid }, { ...(unlock && { unlock }) }),
  );
}

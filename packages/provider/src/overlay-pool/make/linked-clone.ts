import {
  type GuestPlace,
  inspectVmid,
  type Reread,
  readGuestConfig,
  startTask,
  type TaskResult,
} from "@coppice/pve";
import type { PoolRun } from "../run/pool-run.ts";
import { isSeat } from "../seat/is-seat.ts";
import { copyOn } from "./make-disks.ts";

/** A linked clone of the pool's generation: where it will be, and what the clone call itself writes into it. */
export interface LinkedClone extends GuestPlace {
  /** The name that its notes carry with our mark. */
  readonly seat: string;
  readonly name: string;
  readonly description: string;
}

/** Has Proxmox clone the pool's generation: its hardware, with disks that stand on the generation's own. */
export async function cloneGeneration(
  run: PoolRun,
  { seat, node, vmid, name, description }: LinkedClone,
): Promise<TaskResult> {
  const source = sourceOf(run, node);
  const target = source.node === node ? {} : { target: node };
  return await startTask(run.cluster.client, {
    method: "POST",
    path: "/nodes/{node}/qemu/{vmid}/clone",
    in: { ...source },
    params: { newid: vmid, full: false, name, description, ...target, pool: run.bornIn },
    reread: () => lookAt(run, seat, { node, vmid }),
  });
}

/** The template for machines on a node, and where it is: a clone of a shared disk may go to another node. */
function sourceOf(run: PoolRun, node: string): GuestPlace {
  const copy = copyOn(run.inputs.base, node);
  const [home = node] = Object.entries(run.inputs.base.copies).find(([, each]) => each === copy) ?? [];
  return { node: home, vmid: copy.vmid };
}

async function lookAt(run: PoolRun, seat: string, place: GuestPlace): Promise<Reread> {
  const state = await inspectVmid(run.cluster.client, place);
  // Hidden: free, or Proxmox answers that it is taken.
  if (state === "free" || state === "hidden") return "not-done";
  if (state !== "guest") return "unclear";
  return isSeat(run, seat, await readGuestConfig(run.cluster.client, place)) ? "done" : "unclear";
}

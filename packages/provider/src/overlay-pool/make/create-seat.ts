import {
  createGuest,
  type GuestConfig,
  type GuestPlace,
  inspectVmid,
  PveError,
  putGuestConfig,
  type Reread,
  readGuestConfig,
  removeLeftover,
  startTask,
  type Unlock,
  unlockOverSsh,
} from "@coppice/pve";
import { reasonOf } from "../../resource/run-steps.ts";
import type { PlannedSeat } from "../plan/plan-pool.ts";
import type { PoolRun } from "../run/pool-run.ts";
import { isDriveSlot } from "../seat/drive.ts";
import type { SeatMachine } from "../seat/seat-machine.ts";
import { seatMark } from "../seat/seat-wish.ts";
import { copyOn } from "./make-disks.ts";

/** Creates a seat's machine around disks that lie there already. */
export async function createOverlaySeat(
  run: PoolRun,
  seat: PlannedSeat,
  machine: SeatMachine,
): Promise<Creation> {
  const shell = run.cluster.ssh(seat.node);
  const unlock = shell && unlockOverSsh(shell);
  const creating = createGuest(run.cluster.client, {
    node: seat.node,
    vmid: seat.vmid,
    params: machine.parameters,
    isOurs: (config) => isSeat(run, seat.seat, config),
    // The number was free when this run read the cluster, and it lies in our range.
    leftover: "remove",
    ...(unlock && { unlock }),
  });
  return await outcomeOf(run, creating, () => removeRemains(run, seat, unlock));
}

/** A create whose worker vanished leaves a configuration that is nothing but locked, on a number that was free. */
async function removeRemains(
  run: PoolRun,
  { node, vmid }: PlannedSeat,
  unlock: Unlock | undefined,
): Promise<void> {
  const place = { node, vmid };
  if ((await inspectVmid(run.cluster.client, place)) === "leftover")
    await removeLeftover(run.cluster.client, place, { unlock });
}

/** Creates a seat's machine as Proxmox's own linked clone, then gives it what a clone call cannot carry. */
export async function createLinkedSeat(
  run: PoolRun,
  seat: PlannedSeat,
  machine: SeatMachine,
): Promise<Creation> {
  const { client } = run.cluster;
  const { name, description } = machine.parameters;
  const source = sourceOf(run, seat.node);
  const place = { node: seat.node, vmid: seat.vmid };
  const target = source.node === seat.node ? {} : { target: seat.node };
  const cloning = startTask(client, {
    method: "POST",
    path: "/nodes/{node}/qemu/{vmid}/clone",
    in: { ...source },
    params: { newid: seat.vmid, full: false, name, description, ...target },
    reread: () => lookAt(run, seat.seat, place),
  });
  if ((await outcomeOf(run, cloning)) === "taken") return "taken";
  // A clone of a generation is protected like the generation (qemu-server, clone_vm copies every option).
  await putGuestConfig(client, place, { ...afterClone(run, machine), delete: "protection" });
  return "made";
}

/** Whether a machine was made, or its number had been taken by somebody else. */
export type Creation = "made" | "taken";

async function outcomeOf(
  run: PoolRun,
  creating: Promise<unknown>,
  cleanUp?: () => Promise<void>,
): Promise<Creation> {
  try {
    await creating;
    return "made";
  } catch (error) {
    if (PveError.is(error, "pve.already-exists")) return "taken";
    // What was wrong with the create matters more than what is wrong with its remains.
    await cleanUp?.().catch((remains: unknown) => run.context.warn(reasonOf(remains)));
    throw error;
  }
}

/** Whether a configuration carries the mark of this seat. */
export function isSeat(run: Pick<PoolRun, "mark">, seat: string, config: GuestConfig): boolean {
  return (config.description ?? "").split("\n").includes(seatMark(run.mark, seat));
}

function sourceOf(run: PoolRun, node: string): { node: string; vmid: number } {
  const copy = copyOn(run.inputs.base, node);
  const [home = node] = Object.entries(run.inputs.base.copies).find(([, each]) => each === copy) ?? [];
  return { node: home, vmid: copy.vmid };
}

async function lookAt(run: PoolRun, seat: string, place: GuestPlace): Promise<Reread> {
  const state = await inspectVmid(run.cluster.client, place);
  if (state === "free") return "not-done";
  if (state !== "guest") return "unclear";
  return isSeat(run, seat, await readGuestConfig(run.cluster.client, place)) ? "done" : "unclear";
}

/** A clone has its hardware and disks; what is the seat's own follows in one change. */
function afterClone(run: PoolRun, machine: SeatMachine): SeatMachine["parameters"] {
  const { vmid: _vmid, name: _name, description: _description, ...rest } = machine.parameters;
  const { config } = run.inputs.base;
  const isOwn = ([key]: [string, string | number]) => !isDriveSlot(key) || config[key] === undefined;
  const differs = ([key, value]: [string, string | number]) => String(config[key] ?? "") !== String(value);
  return Object.fromEntries(Object.entries(rest).filter((entry) => isOwn(entry) && differs(entry)));
}

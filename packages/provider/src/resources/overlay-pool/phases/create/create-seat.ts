import { isDriveSlot, isSeat, withNotes } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import {
  createGuest,
  type GuestPlace,
  inspectVmid,
  isVmidFree,
  type Params,
  PveError,
  putGuestConfig,
  readGuestConfig,
  removeLeftover,
  removeLeftoverOverSsh,
  type Unlock,
  unlockOverSsh,
} from "@coppice/pve";
import type { ClassRun } from "../../class-run/class-run.ts";
import { originOrder } from "../../disks/disk-order.ts";
import { cloneGeneration } from "../../machines/linked-clone.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import type { SeatMachine } from "../../seat/seat-machine.ts";

/** Creates a seat's machine around disks that lie there already. */
export async function createOverlaySeat(
  run: ClassRun,
  seat: PlannedSeat,
  machine: SeatMachine,
): Promise<Creation> {
  const shell = run.cluster.ssh(seat.node);
  const unlock = shell && unlockOverSsh(shell);
  const creating = createGuest(run.cluster.client, {
    node: seat.node,
    vmid: seat.vmid,
    params: creationParameters(run, machine),
    isOurs: (config) => isSeat(run, seat.seat, config),
    // The number was free when this run read the cluster, and it lies in our range.
    leftover: "remove",
    clearHidden: (place) => clearHidden(run, place),
    ...(unlock && { unlock }),
  });
  const outcome = await outcomeOf(run, seat, creating, () => removeRemains(run, seat, unlock));
  if (outcome === "made" && run.createdInPool !== undefined) {
    const { tags } = machine.parameters;
    await putGuestConfig(run.cluster.client, { node: seat.node, vmid: seat.vmid }, { tags });
  }
  return outcome;
}

/**
 * A machine is a member of its pool from the end of its create on, and rights in the pool reach its tags no earlier:
 * with them the create would fail (qemu-server 9.2.6, create_vm: assert_tag_permissions asks on /vms/{vmid}). Its notes
 * carry our mark from the beginning.
 */
function creationParameters({ createdInPool }: ClassRun, { parameters }: SeatMachine): Params {
  if (createdInPool === undefined) return parameters;
  const { tags: _tags, ...rest } = parameters;
  return { ...rest, pool: createdInPool };
}

/** A create whose worker vanished leaves a configuration that is nothing but locked, on a number that was free. */
async function removeRemains(
  run: ClassRun,
  { node, vmid }: PlannedSeat,
  unlock: Unlock | undefined,
): Promise<void> {
  const place = { node, vmid };
  const state = await inspectVmid(run.cluster.client, place);
  if (state === "leftover") await removeLeftover(run.cluster.client, place, { unlock });
  if (state === "hidden") await clearHidden(run, place);
}

/** Rights in a pool do not reach what a create leaves that never came to its end: root can remove it, or has to. */
async function clearHidden({ cluster, context, inputs }: ClassRun, place: GuestPlace): Promise<void> {
  const { node, vmid } = place;
  if (await isVmidFree(cluster.client, vmid)) return;
  const shell = cluster.ssh(node);
  if (shell !== undefined && (await removeLeftoverOverSsh(shell, place))) return;
  context.warn(
    `Number ${vmid} of class '${inputs.class}' stays occupied: a create broke off, and this token may not see what it ` +
      `left. If it holds nothing but a lock, remove it on ${node}: qm unlock ${vmid} && qm destroy ${vmid}.`,
  );
}

/** Creates a seat's machine as Proxmox's own linked clone, then gives it what a clone call cannot carry. */
export async function createLinkedSeat(
  run: ClassRun,
  seat: PlannedSeat,
  machine: SeatMachine,
): Promise<Creation> {
  const { client } = run.cluster;
  const place = { node: seat.node, vmid: seat.vmid };
  const { name, description } = machine.parameters;
  // Volumes of block storages do not name their base: the notes say what the disks stand on.
  const notes = withNotes(String(description), { order: originOrder(run), former: [] });
  const clone = { ...place, seat: seat.seat, name: String(name), description: notes };
  const cleanUp = async () => {
    if ((await inspectVmid(client, place)) === "hidden") await clearHidden(run, place);
  };
  if ((await outcomeOf(run, seat, cloneGeneration(run, clone), cleanUp)) === "taken") return "taken";
  // A clone of a generation is protected like the generation (qemu-server, clone_vm copies every option).
  await putGuestConfig(client, place, { ...afterClone(run, machine), delete: "protection" });
  return "made";
}

/** Whether a machine was made, or its number had been taken by somebody else. */
export type Creation = "made" | "taken";

async function outcomeOf(
  run: ClassRun,
  seat: PlannedSeat,
  creating: Promise<unknown>,
  cleanUp?: () => Promise<void>,
): Promise<Creation> {
  try {
    await creating;
    return "made";
  } catch (error) {
    if (PveError.is(error, "pve.already-exists")) return (await isMadeLate(run, seat)) ? "made" : "taken";
    // What was wrong with the create matters more than what is wrong with its remains.
    await cleanUp?.().catch((remains: unknown) => run.context.warn(CoppiceError.of(remains).message));
    throw error;
  }
}

/** A create that a run sent off before it died may come to its end after this one has read the cluster. */
async function isMadeLate(run: ClassRun, { seat, node, vmid }: PlannedSeat): Promise<boolean> {
  const { client } = run.cluster;
  if ((await inspectVmid(client, { node, vmid })) !== "guest") return false;
  const config = await readGuestConfig(client, { node, vmid });
  return isSeat(run, seat, config) && config.lock === undefined;
}

/** A clone has its hardware and disks; what is the seat's own follows in one change. */
function afterClone(run: ClassRun, machine: SeatMachine): SeatMachine["parameters"] {
  const { vmid: _vmid, name: _name, description: _description, ...rest } = machine.parameters;
  const { config } = run.inputs.base;
  const isOwn = ([key]: [string, string | number]) => !isDriveSlot(key) || config[key] === undefined;
  const differs = ([key, value]: [string, string | number]) => String(config[key] ?? "") !== String(value);
  return Object.fromEntries(Object.entries(rest).filter((entry) => isOwn(entry) && differs(entry)));
}

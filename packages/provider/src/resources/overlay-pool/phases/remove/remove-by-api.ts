import { readTraces, step } from "@coppice/clusters";
import { deleteGuest, PveError } from "@coppice/pve";
import type { ClassRun } from "../../class-run/class-run.ts";
import { eachSeat } from "../../class-run/each-seat.ts";
import { removeUnrecorded } from "../../interrupted/remove-unrecorded.ts";
import { stopSeat } from "../../machines/stop-seats.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import { forgetSeat, type OwnMachine, ownMachine } from "./own-machine.ts";
import { QuorumProof } from "./quorum-proof.ts";
import type { Removal } from "./removal.ts";

/** What removals of one run share, so that it is asked for once and not for each machine. */
interface Shared {
  readonly run: ClassRun;
  readonly quorum: QuorumProof;
  /** Whether something outside of a machine's configuration and pool names its number, or nobody can tell. */
  readonly isNamed: (vmid: number) => boolean;
}

/** Has Proxmox remove machines, a few at once. A machine costs its configuration's read, one call and its task. */
export async function removeByApi({ run, tally }: Removal, seats: readonly PlannedSeat[]): Promise<void> {
  if (seats.length === 0) return;
  const { numbers, isWhole } = await readTraces(run.cluster);
  const isNamed = (vmid: number) => !isWhole || numbers.has(vmid);
  const shared: Shared = { run, isNamed, quorum: new QuorumProof(run) };
  await eachSeat(run, seats, "remove", (seat) => removeSeat(shared, seat), { tally });
}

async function removeSeat(shared: Shared, seat: PlannedSeat): Promise<void> {
  const { run } = shared;
  const machine = await ownMachine(run, seat);
  if (machine !== undefined) {
    if (mayRun(run, seat)) await step(run, `stop ${seat.seat}`, () => stopSeat(run, seat));
    await step(run, `remove ${seat.seat}`, () => removeStopped(shared, seat, machine));
    run.vmids.vacate(seat.vmid);
  }
  forgetSeat(run, seat);
}

/** What HA manages it may start at any time. */
function mayRun({ observed }: ClassRun, { vmid }: PlannedSeat): boolean {
  const guest = observed.guests.get(vmid);
  return guest?.running === true || guest?.isHaManaged === true;
}

async function removeStopped(shared: Shared, seat: PlannedSeat, machine: OwnMachine): Promise<void> {
  const { run } = shared;
  const place = { node: seat.node, vmid: seat.vmid };
  const { name, config } = machine;
  if (seat.found === true || name !== seat.seat) {
    await stopSeat(run, place);
    return await removeUnrecorded(run, name, place, config);
  }
  try {
    await deleteSeat(shared, seat);
  } catch (error) {
    // Statuses are up to ten seconds old (docs/proxmox-facts.md#fresh-guests).
    if (!PveError.is(error, "pve.wrong-state")) throw error;
    await stopSeat(run, place);
    await deleteSeat(shared, seat);
  }
}

/**
 * Looking for disks that no configuration names costs Proxmox a process for each storage, and taking a number out of
 * backup jobs and the like takes three more locks (docs/proxmox-facts.md#removals): both only where they may be needed.
 */
async function deleteSeat(
  { run, quorum, isNamed }: Shared,
  { seat, node, vmid }: PlannedSeat,
): Promise<void> {
  const place = { node, vmid };
  await deleteGuest(run.cluster.client, place, {
    purge: isNamed(vmid),
    unreferencedDisks: run.recorded?.exceptions?.[seat]?.unfinished !== undefined,
    assertQuorate: () => quorum.assert(place),
  });
}

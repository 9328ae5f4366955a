import { markedName, ownerOf } from "@coppice/clusters";
import { type GuestConfig, isMissingGuest, PveError, readGuestConfig } from "@coppice/pve";
import type { ClassRun } from "../../class-run/class-run.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import { judgeRecorded } from "../../seat/judge-recorded.ts";

/** A machine that is ours: the seat's own, or one that brought it fresh disks. */
export interface OwnMachine {
  /** The name that its notes carry. */
  readonly name: string;
  readonly config: GuestConfig;
}

/** Undefined where nothing is ours: the machine is gone already, or somebody else has taken its number since. */
export async function ownMachine(run: ClassRun, seat: PlannedSeat): Promise<OwnMachine | undefined> {
  const { vmid, node } = seat;
  const config = await configOf(run, seat);
  if (config === undefined) return undefined;
  // A spare of an interrupted run may stand on the number of a machine that had left.
  const owner = ownerOf(config, run.mark);
  const name = markedName(owner);
  if (name !== undefined && (owner.kind === "spare" || name === seat.seat)) return { name, config };
  const recorded = run.recorded?.seats[seat.seat];
  const judged = { inputs: run.inputs, mark: run.mark, seat: seat.seat, recorded };
  if (seat.found !== true && judgeRecorded(judged, config) === "unmarked") return { name: seat.seat, config };
  run.context.warn(
    `Guest ${vmid} on ${node} was recorded as seat '${seat.seat}' but does not carry its mark: it is left alone.`,
  );
  return undefined;
}

async function configOf(run: ClassRun, { vmid, node }: PlannedSeat): Promise<GuestConfig | undefined> {
  if (!run.observed.guests.has(vmid)) return undefined;
  try {
    return await readGuestConfig(run.cluster.client, { node, vmid });
  } catch (error) {
    // Rights that come from a pool end with the machine.
    if (isMissingGuest(error, vmid) || PveError.is(error, "pve.forbidden")) return undefined;
    throw error;
  }
}

/** Forgets a seat whose machine is gone. */
export function forgetSeat(run: ClassRun, { seat }: PlannedSeat): void {
  run.seats.delete(seat);
  run.exceptions.delete(seat);
}

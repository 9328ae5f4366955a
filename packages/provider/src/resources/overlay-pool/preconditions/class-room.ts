import type { RoomQuestion } from "@coppice/clusters";
import {
  type Amounts,
  amountNames,
  changeDemand,
  classSubject,
  recordedSeatsOf,
  type SeatsContents,
  seatsDemand,
  spareMachines,
  wantedSeatsOf,
} from "@coppice/core";
import type { ClassRun } from "../class-run/class-run.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";

/** What a class asks of its tenant's pool: all its seats at their worst, without those that leave. */
export function classRoom(run: ClassRun): RoomQuestion {
  const { inputs, recorded, plan, context } = run;
  const recordedNumbers = Object.values(recorded?.seats ?? {}).map(({ vmid }) => vmid);
  return {
    urn: context.urn,
    what: classSubject(inputs.class),
    vmids: new Set([...plan.seats.map(({ vmid }) => vmid), ...recordedNumbers]),
    has: (isMember) => presentSeats(run, isMember),
    wants: seatsDemand({ ...wantedSeatsOf(inputs), kept: keptSeats(run), spares: spares(run) }),
  };
}

/** Whether a run may come to take more than the class has, so that limits have to be asked. */
export function asksForMore(run: ClassRun): boolean {
  const { has, wants } = classRoom(run);
  const asked = changeDemand(
    has(() => true),
    wants,
  );
  return amountNames.some((name) => asked[name] > 0);
}

/** With those that an interrupted run made, and that nothing has recorded. */
function presentSeats({ inputs, recorded, plan }: ClassRun, isMember: (vmid: number) => boolean): Amounts {
  const found = plan.seats.filter(({ verb, vmid, found }) => verb === "make" && found && isMember(vmid));
  const known: SeatsContents =
    recorded === undefined ? { ...wantedSeatsOf(inputs), seats: 0 } : recordedSeatsOf(recorded, isMember);
  return seatsDemand({ ...known, seats: known.seats + found.length });
}

const RESET = new Set<PlannedSeat["verb"]>(["reset", "reset-if-untouched"]);

/** Seats whose former disks are kept for an undo when the run has ended. */
function keptSeats({ recorded, plan }: ClassRun): number {
  const kept = plan.seats.filter(({ seat, verb }) => {
    if (verb === "remove" || verb === "undo") return false;
    return RESET.has(verb) || recorded?.exceptions?.[seat]?.former !== undefined;
  });
  return kept.length;
}

function spares({ plan, madeBy, inputs: { base } }: ClassRun): number {
  const resets = plan.seats.filter(({ verb }) => RESET.has(verb)).length;
  return spareMachines({ madeBy, base }, resets);
}

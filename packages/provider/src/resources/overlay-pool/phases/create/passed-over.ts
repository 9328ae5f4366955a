import type { NumberTraces } from "@coppice/clusters";
import type { ClassRun } from "../../class-run/class-run.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import type { MadeDisks } from "./made-disks.ts";

/**
 * Passes over numbers that something outside of machines names: a new machine would inherit what its number's former
 * one left. What the token may not see it cannot tell of; the program on a node, which makes overlays, sees all.
 */
export function passOver(
  run: ClassRun,
  seats: readonly PlannedSeat[],
  traces: NumberTraces | undefined,
): MadeDisks {
  const whyOf = ({ vmid }: PlannedSeat) => traces?.numbers.get(vmid);
  const taken = seats.filter((seat) => whyOf(seat) !== undefined);
  tellPassedOver(
    run,
    new Map(taken.map((seat) => [seat.vmid, `its former machine left something: ${whyOf(seat)}`])),
  );
  return { made: seats.filter((seat) => whyOf(seat) === undefined), taken };
}

/** Says which numbers of the range no seat gets, and why. */
export function tellPassedOver({ inputs, context }: ClassRun, passed: ReadonlyMap<number, string>): void {
  if (passed.size === 0) return;
  const numbers = [...passed].map(([vmid, why]) => `${vmid} (${why})`);
  const { from, to } = inputs.vmids;
  context.warn(`Numbers of the range ${from}–${to} are passed over: ${numbers.join(", ")}.`);
}

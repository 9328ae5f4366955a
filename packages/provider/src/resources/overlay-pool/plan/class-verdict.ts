import type { ClassVerdict, OwnBytes, SeatVerdict } from "@coppice/core";
import type { PlannedClass } from "./planned-class.ts";
import { fatesOfSeat } from "./seat-fates.ts";

/** What a plan comes to, as data: the same that `describePlan` says in words. */
export function classVerdict(planned: PlannedClass, own: OwnBytes = new Map()): ClassVerdict {
  const seats = planned.plan.seats.map((each): SeatVerdict => {
    const { seat, vmid, node } = each;
    const bytes = own.get(seat);
    return { seat, fates: fatesOfSeat(planned, each), vmid, node, ...(bytes !== undefined && { bytes }) };
  });
  return { seats, foreign: planned.plan.foreign.map(({ vmid, node }) => ({ vmid, node })) };
}

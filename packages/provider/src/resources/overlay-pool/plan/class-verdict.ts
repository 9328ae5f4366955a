import {
  type ClassDemand,
  type ClassVerdict,
  type FreeRoom,
  type OwnBytes,
  type SeatVerdict,
  seatDemand,
} from "@coppice/core";
import type { PlannedClass } from "./planned-class.ts";
import { fatesOfSeat } from "./seat-fates.ts";

/** What a plan comes to, as data: the same that `describePlan` says in words. */
export function classVerdict(
  planned: PlannedClass,
  own: OwnBytes = new Map(),
  rooms: readonly FreeRoom[] = [],
): ClassVerdict {
  const seats = planned.plan.seats.map((each): SeatVerdict => {
    const { seat, vmid, node } = each;
    const bytes = own.get(seat);
    return { seat, fates: fatesOfSeat(planned, each), vmid, node, ...(bytes !== undefined && { bytes }) };
  });
  const foreign = planned.plan.foreign.map(({ vmid, node }) => ({ vmid, node }));
  return { seats, foreign, ...demandOf(planned, rooms) };
}

/** The same that seats are placed and refused by; of a generation that is not looked at yet nothing is known. */
function demandOf({ inputs }: PlannedClass, rooms: readonly FreeRoom[]): { readonly demand?: ClassDemand } {
  const { base } = inputs;
  if (base.disks.length === 0) return {};
  const seen = rooms.length > 0 ? { rooms } : {};
  return { demand: { made: seatDemand(base, inputs), reset: seatDemand(base), ...seen } };
}

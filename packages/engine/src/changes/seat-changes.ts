import { isProperties, type SeatVerdict, seatFates } from "@coppice/core";
import type { EngineEvent, StepEvent } from "../events/engine-event.ts";
import type { Loss, SeatChange } from "./change-verdict.ts";

/** What becomes of the seats of one document, and whose disks are lost with them. */
export interface SeatsChange {
  readonly seats: readonly SeatChange[];
  readonly losses: readonly Loss[];
}

/** Reads what becomes of seats from the events about one document. */
export function seatChanges(events: readonly EngineEvent[]): SeatsChange {
  const told = new Map<string, readonly SeatVerdict[]>();
  for (const event of events) {
    if (event.kind === "verdict") told.set(event.urn, event.verdict.seats);
    // Before it removes a resource the engine asks its provider nothing: what was recorded goes.
    if (event.kind === "step" && event.op === "delete") told.set(event.urn, recordedSeats(event));
  }
  const verdicts = [...told.values()].flat();
  return {
    seats: verdicts.flatMap(seatChange),
    losses: verdicts.flatMap(lossOf).sort((a, b) => a.vmid - b.vmid),
  };
}

function seatChange({ seat, fates, vmid, node, drift, movedFrom }: SeatVerdict): SeatChange[] {
  const [change, ...also] = fates;
  if (change === undefined) return [];
  const more = { ...(drift && { drift }), ...(movedFrom !== undefined && { movedFrom }) };
  return [{ name: seat, vmid, node, change, why: seatFates[change], also, ...more }];
}

function lossOf({ seat, fates, vmid, node, bytes }: SeatVerdict): Loss[] {
  if (!fates.includes("removed")) return [];
  return [{ seat, vmid, node, ...(bytes !== undefined && { bytes }) }];
}

function recordedSeats({ outputs }: StepEvent): SeatVerdict[] {
  const seats = outputs?.["seats"];
  return Object.entries(isProperties(seats) ? seats : {}).flatMap(([seat, place]) => {
    if (!isProperties(place)) return [];
    const { vmid, node } = place;
    if (typeof vmid !== "number" || typeof node !== "string") return [];
    return [{ seat, fates: ["removed"] as const, vmid, node }];
  });
}

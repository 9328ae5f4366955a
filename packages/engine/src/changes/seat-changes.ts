import { type ClassVerdict, isProperties, removalWords, type SeatVerdict, seatFates } from "@coppice/core";
import type { EngineEvent, StepEvent } from "../events/engine-event.ts";
import type { Loss, SeatChange, SeatsDemand } from "./change-verdict.ts";

/** What becomes of the seats of one document, and whose disks are lost with them. */
export interface SeatsChange {
  readonly seats: readonly SeatChange[];
  readonly losses: readonly Loss[];
  readonly demands: readonly SeatsDemand[];
  /** What is said of seats that go with their resource, for which no resource speaks. */
  readonly words: readonly string[];
}

/** How much is written on the disks of machines that exists nowhere else, by their numbers. */
export type WrittenBytes = ReadonlyMap<number, number>;

/** Reads what becomes of seats from the events about one document. */
export function seatChanges(events: readonly EngineEvent[], written: WrittenBytes = new Map()): SeatsChange {
  const told = new Map<string, ClassVerdict>();
  const removed = new Map<string, readonly SeatVerdict[]>();
  for (const event of events) {
    if (event.kind === "verdict") told.set(event.urn, event.verdict);
    // Before it removes a resource the engine asks its provider nothing: what was recorded goes.
    if (event.kind === "step" && event.op === "delete") removed.set(event.urn, recordedSeats(event, written));
  }
  const kept = [...told].filter(([urn]) => !removed.has(urn)).map(([, verdict]) => verdict);
  const verdicts = [...kept.map(({ seats }) => seats), ...removed.values()].flat();
  return {
    seats: verdicts.flatMap(seatChange),
    losses: verdicts.flatMap(lossOf).sort((a, b) => a.vmid - b.vmid),
    demands: kept.flatMap(demandOf),
    words: removedWords([...removed.values()].flat()),
  };
}

function demandOf({ seats, demand }: ClassVerdict): SeatsDemand[] {
  return demand === undefined ? [] : [{ vmids: seats.map(({ vmid }) => vmid), ...demand }];
}

function removedWords(removed: readonly SeatVerdict[]): string[] {
  if (removed.length === 0) return [];
  const own = removed.flatMap(({ seat, bytes }) => (bytes === undefined ? [] : [[seat, bytes] as const]));
  return [removalWords(removed, new Map(own))];
}

function seatChange({ seat, fates, vmid, node, drift, movedFrom, bytes }: SeatVerdict): SeatChange[] {
  const [change, ...also] = fates;
  if (change === undefined) return [];
  const more = {
    ...(drift && { drift }),
    ...(movedFrom !== undefined && { movedFrom }),
    ...(bytes !== undefined && { bytes }),
  };
  return [{ name: seat, vmid, node, change, why: seatFates[change], also, ...more }];
}

function lossOf({ seat, fates, vmid, node, bytes }: SeatVerdict): Loss[] {
  if (!fates.includes("removed")) return [];
  return [{ seat, vmid, node, ...(bytes !== undefined && { bytes }) }];
}

function recordedSeats({ outputs }: StepEvent, written: WrittenBytes): SeatVerdict[] {
  const seats = outputs?.["seats"];
  return Object.entries(isProperties(seats) ? seats : {}).flatMap(([seat, place]) => {
    if (!isProperties(place)) return [];
    const { vmid, node } = place;
    if (typeof vmid !== "number" || typeof node !== "string") return [];
    const bytes = written.get(vmid);
    return [{ seat, fates: ["removed"] as const, vmid, node, ...(bytes !== undefined && { bytes }) }];
  });
}

import {
  formatPath,
  type OverlayPoolInputs,
  type OverlayPoolState,
  overlayPoolKind,
  planSeats,
  removalWords,
  type SeatPlan,
} from "@coppice/core";
import { diffProperties } from "../../kit/diff-properties.ts";
import type { Difference, PropertyChange } from "../../kit/resource-handler.ts";
import { recordedInputs } from "./inputs/recorded-inputs.ts";
import { recordedSeats, wantedSeats } from "./plan/recorded-seats.ts";

/**
 * What an update would change: the inputs that differ, and every seat that they do not tell of. Recorded seats are
 * compared with wanted ones, so unfinished work is seen even after a refresh has cleared the engine's own mark.
 */
export function diffOverlayPool(inputs: OverlayPoolInputs, state: OverlayPoolState): Difference {
  const seats = planSeats(wantedSeats(inputs, state), recordedSeats(state));
  const changed = diffProperties(overlayPoolKind, state, recordedInputs(inputs));
  const isReplaced = changed.some(({ replaces }) => replaces === true);
  const losses = lossesOf(state, seats, isReplaced);
  return { changes: [...changed, ...seats.flatMap(seatChange)], ...(losses !== undefined && { losses }) };
}

/** The seats that leave; all of them where the class is replaced. */
function lossesOf(
  { seats: places }: OverlayPoolState,
  planned: readonly SeatPlan[],
  isReplaced: boolean,
): string | undefined {
  const removed = new Set(planned.flatMap(({ seat, verb }) => (verb === "remove" ? [seat] : [])));
  const leaving = Object.entries(places).filter(([seat]) => isReplaced || removed.has(seat));
  return leaving.length === 0
    ? undefined
    : removalWords(leaving.map(([seat, { vmid, node }]) => ({ seat, vmid, node })));
}

/**
 * A seat's change under a name that is no property. Under `seats`, which is an output alone, the engine would show every
 * seat of the class as deleted: it takes new values from the inputs only (`TranslateDetailedDiff` in its pkg/engine).
 */
function seatChange({ seat, verb, settings }: SeatPlan): PropertyChange[] {
  if (verb === "keep" || verb === "change" || (verb === "defer" && settings !== true)) return [];
  if (verb === "make") return [{ path: formatPath(["machines", seat]), kind: "add" }];
  if (verb === "remove") return [{ path: formatPath(["machines", seat]), kind: "delete" }];
  // An update without values shows nothing; what is ordered shows as added to the seat.
  return [{ path: formatPath(["machines", seat, verb]), kind: "add" }];
}

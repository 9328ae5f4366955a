import {
  formatPath,
  type OverlayPoolInputs,
  type OverlayPoolState,
  overlayPoolKind,
  planSeats,
} from "@coppice/core";
import { diffProperties } from "../../kit/diff-properties.ts";
import type { Difference, PropertyChange } from "../../kit/resource-handler.ts";
import { recordedInputs } from "./inputs/recorded-inputs.ts";
import { recordedSeats, wantedSeats } from "./plan/recorded-seats.ts";

/**
 * What an update would change: the inputs that differ, and every seat that would be touched. Recorded seats are
 * compared with wanted ones, so unfinished work is seen even after a refresh has cleared the engine's own mark.
 */
export function diffOverlayPool(inputs: OverlayPoolInputs, state: OverlayPoolState): Difference {
  const seats = planSeats(wantedSeats(inputs, state), recordedSeats(state));
  const touched = seats.flatMap(({ seat, verb, settings }): PropertyChange[] => {
    if (verb === "keep" || (verb === "defer" && settings !== true)) return [];
    const kind = verb === "make" ? "add" : verb === "remove" ? "delete" : "update";
    return [{ path: formatPath(["seats", seat]), kind }];
  });
  return { changes: [...diffProperties(overlayPoolKind, state, recordedInputs(inputs)), ...touched] };
}

import { isNamed, type Named } from "../description/shape-values.ts";
import { withDefaults } from "../description/with-defaults.ts";
import { formatDuration } from "../values/duration.ts";
import { formatSize } from "../values/size.ts";
import type { OverlayPoolState } from "./generated/inputs.ts";
import { overlayPoolKind } from "./overlay-pool.ts";

/** Inputs that 0.1.0 recorded as bare numbers: where, under which name, under which now, and how they are written. */
const BARE_NUMBERS = [
  { field: "hardware", was: "memoryMiB", now: "memory", write: (mib: number) => formatSize(mib * 2 ** 20) },
  { field: "dataDisk", was: "sizeGiB", now: "size", write: (gib: number) => formatSize(gib * 2 ** 30) },
  { field: "publish", was: "undoForMs", now: "undoFor", write: (ms: number) => formatDuration(ms) },
] as const;

/**
 * A pool's state as any version recorded it, as this version reads it: values as people write them, and the default of
 * every field that did not exist then. A default may therefore never differ from what was done before its field came.
 */
export function readOverlayPoolState(recorded: Named): OverlayPoolState {
  const renamed = BARE_NUMBERS.flatMap(({ field, was, now, write }) => {
    const value = recorded[field];
    if (!isNamed(value) || typeof value[was] !== "number") return [];
    const { [was]: number, ...rest } = value;
    return [[field, { ...rest, [now]: write(Number(number)) }] as const];
  });
  const today = { ...saidToBeEmpty(recorded), ...recorded, ...Object.fromEntries(renamed) };
  // Outputs stay as a run of some version recorded them; the inputs have the type of their fields.
  return withDefaults(overlayPoolKind, today) as OverlayPoolState;
}

/** 0.1.0 did not ask whether no machines at all are meant. */
function saidToBeEmpty({ count, roster }: Named): Named {
  const isEmpty = count === 0 || (Array.isArray(roster) && roster.length === 0);
  return isEmpty ? { empty: true } : {};
}

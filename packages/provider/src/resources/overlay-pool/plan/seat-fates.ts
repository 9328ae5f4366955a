import type { OverlayPoolInputs, SeatFate } from "@coppice/core";
import { waitsForStart } from "./find-drift.ts";
import type { PlannedClass, PlannedSeat } from "./planned-class.ts";
import { changedSettings } from "./recorded-seats.ts";

type Seen = Pick<PlannedClass, "inputs" | "recorded" | "observed">;

const FATES: Readonly<Record<PlannedSeat["verb"], SeatFate>> = {
  make: "made",
  finish: "finished",
  repair: "drifted",
  reset: "reset",
  "reset-if-untouched": "reset-if-untouched",
  defer: "deferred",
  undo: "undone",
  change: "changed",
  keep: "kept",
  remove: "removed",
};

/** What a plan does with a seat, and what that means for a machine that runs now. */
export function fatesOfSeat(seen: Seen, seat: PlannedSeat): SeatFate[] {
  const { verb, node } = seat;
  const isAway = seen.observed.nodes.some((each) => each.node === node && each.state === "offline");
  const isTouched = verb !== "keep" && verb !== "defer";
  return [...fatesHere(seen, seat), ...(isAway && isTouched ? ["unreachable" as const] : [])];
}

/** What somebody else changed on a seat's machine, in words, as the last refresh found it. */
export function driftOf(
  { recorded }: Pick<Seen, "recorded">,
  { seat }: Pick<PlannedSeat, "seat">,
): string | undefined {
  return recorded?.exceptions?.[seat]?.drift;
}

function fatesHere(seen: Seen, seat: PlannedSeat): SeatFate[] {
  const { verb, found, vmid } = seat;
  if (found === true) return [verb === "remove" ? "leftover" : "found"];
  const fate = verb === "make" && isGone(seen, seat) ? "gone" : FATES[verb];
  if (seen.observed.guests.get(vmid)?.running !== true) return [fate];
  const isDiskChanged = verb === "reset" || verb === "reset-if-untouched" || verb === "undo";
  if (isDiskChanged && waitsWhileRunning(seen.inputs, seat)) return ["running"];
  if (isDiskChanged) return [fate, "restarted"];
  return needsRestart(seen, seat) ? [fate, "restart-needed"] : [fate];
}

function isGone({ recorded }: Seen, { seat }: PlannedSeat): boolean {
  return recorded?.exceptions?.[seat]?.gone === true;
}

/**
 * Whether a change of a seat's disks waits for as long as its machine runs: a publication does, unless the class says
 * otherwise; an order by name never does.
 */
export function waitsWhileRunning(
  { publish }: Pick<OverlayPoolInputs, "publish">,
  { ordered }: Pick<PlannedSeat, "ordered">,
): boolean {
  return ordered !== true && (publish?.running ?? "defer") === "defer";
}

/**
 * Whether a running machine would go on with what it has until its next start. Proxmox changes cards, disks and tags
 * of a running machine; processors, memory and the cloud-init drive wait (qemu-server, vmconfig_hotplug_pending;
 * memory too, unless the machine has NUMA and hotplug of memory).
 */
export function needsRestart(
  { inputs, recorded }: Pick<Seen, "inputs" | "recorded">,
  seat: PlannedSeat,
): boolean {
  const isChanged = CHANGING.has(seat.verb) || seat.settings === true;
  if (!isChanged || recorded === undefined) return false;
  const drift = driftOf({ recorded }, seat);
  if (drift !== undefined && waitsForStart(drift)) return true;
  return changedSettings(inputs, recorded).some(
    (setting) => setting === "hardware" || setting === "cloudInit",
  );
}

const CHANGING: ReadonlySet<PlannedSeat["verb"]> = new Set(["change", "finish", "repair"]);

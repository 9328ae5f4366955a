import { PveError } from "../errors/pve-error.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import type { GuestPlace } from "../retry/inspect-vmid.ts";
import { isMissingGuest } from "../retry/is-missing-guest.ts";
import { type GuestStatus, readGuestStatus } from "./guests.ts";

/** HA's daemons look every 10 s and give a guest 60 s to shut down: a guest that took longer will not come. */
const patience = 180_000;

const firstGap = 250;
const longestGap = 2_000;

/**
 * True when a guest does not run and will not be started behind our back: HA starts a guest that it believes `started`
 * again, however it stopped.
 */
export function isDown({ status, ha }: GuestStatus): boolean {
  return status === "stopped" && (!isHaManaged(ha) || ha?.state === "stopped" || ha?.state === "disabled");
}

/** True when HA decides about a guest's power. */
export function isHaManaged(ha: GuestStatus["ha"]): boolean {
  return ha?.managed === true;
}

/**
 * Waits until HA has started or stopped a guest that it was asked to.
 *
 * @throws pve.timeout when it does not, pve.wrong-state when HA has given the guest up or moved it.
 */
export async function waitForHa(
  caller: PveCaller,
  place: GuestPlace,
  wanted: "running" | "stopped",
  signal?: AbortSignal,
): Promise<void> {
  const deadline = caller.clock.now() + patience;
  for (let gap = firstGap; ; gap = Math.min(2 * gap, longestGap)) {
    const found = await readGuestStatus(caller, place, signal).catch((error: unknown) => {
      throw isMissingGuest(error, place.vmid) ? movedAway(place, wanted, error) : error;
    });
    if (wanted === "stopped" ? isDown(found) : found.status === "running") return;
    if (found.ha?.state === "error") throw givenUp(place, wanted);
    if (caller.clock.now() >= deadline) throw overdue(place, wanted, found);
    await sleep(caller, gap, place, signal);
  }
}

async function sleep(
  caller: PveCaller,
  ms: number,
  place: GuestPlace,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await caller.clock.sleep(ms, signal);
  } catch (cause) {
    throw new PveError("pve.aborted", {
      what: `Waiting for guest ${place.vmid} was stopped`,
      why: "HA, which manages it, goes on with what it was asked to",
      node: place.node,
      cause,
    });
  }
}

function notYet({ node, vmid }: GuestPlace, wanted: "running" | "stopped"): string {
  return `Guest ${vmid} on node ${node} has not ${wanted === "running" ? "started" : "stopped"}`;
}

function movedAway(place: GuestPlace, wanted: "running" | "stopped", cause: unknown): PveError {
  return new PveError("pve.wrong-state", {
    what: notYet(place, wanted),
    why: "HA, which manages it, has moved it to another node meanwhile",
    wayOut: "Try again: it is looked for on all nodes",
    node: place.node,
    cause,
  });
}

function givenUp(place: GuestPlace, wanted: "running" | "stopped"): PveError {
  return new PveError("pve.wrong-state", {
    what: notYet(place, wanted),
    why: "HA manages it and has given it up (state 'error')",
    wayOut: `Look at its last tasks, set vm:${place.vmid} to 'disabled' in HA, repair it and try again`,
    node: place.node,
  });
}

function overdue(place: GuestPlace, wanted: "running" | "stopped", { ha }: GuestStatus): PveError {
  const seconds = Math.round(patience / 1000);
  const state = ha?.state === undefined ? "not looked at it yet" : `it in state '${ha.state}'`;
  return new PveError("pve.timeout", {
    what: notYet(place, wanted),
    why: `HA manages it, was asked to ${seconds} s ago and has ${state}`,
    wayOut: "Look at the cluster's HA status: its manager must be active and the guest's node online",
    node: place.node,
  });
}

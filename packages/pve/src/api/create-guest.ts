import { PveError } from "../errors/pve-error.ts";
import type { Params } from "../rest/encode-params.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import { type GuestPlace, inspectVmid } from "../retry/inspect-vmid.ts";
import { leftoverRemains, removeLeftover, type Unlock } from "../retry/remove-leftover.ts";
import type { Reread } from "../retry/repeat-after-reread.ts";
import { startTask } from "../retry/start-task.ts";
import type { TaskResult } from "../tasks/wait-for-task.ts";
import type { GuestConfig } from "./guest-config.ts";
import { readGuestConfig } from "./guests.ts";

/** A guest to create. */
export interface CreateGuest extends GuestPlace {
  /** The parameters of `POST /nodes/{node}/qemu` but vmid. */
  readonly params: Params;
  /** Tells our guest by its mark, for the case that an unanswered create has worked after all. */
  readonly isOurs: (config: GuestConfig) => boolean;
  /**
   * What to do with the leftover of a worker that never started. "remove" only when the vmid was free
   * a moment ago and lies in the caller's own range. @default "report"
   */
  readonly leftover?: "remove" | "report";
  /** Removes a leftover's lock over SSH, where the credentials may not `skiplock`. */
  readonly unlock?: Unlock;
  /** Removes a leftover that the credentials cannot see, after a worker that never started. */
  readonly clearHidden?: (place: GuestPlace, signal: AbortSignal | undefined) => Promise<unknown>;
  readonly signal?: AbortSignal;
}

/**
 * Creates a guest and waits for it. A vmid that is taken is `pve.already-exists`: nothing is ever
 * adopted, choose another id. Lock time-outs, "got no worker upid" and unanswered calls are repeated
 * after a look at what they left.
 */
export async function createGuest(caller: PveCaller, guest: CreateGuest): Promise<TaskResult> {
  const { node, vmid, params, signal } = guest;
  return await startTask(caller, {
    method: "POST",
    path: "/nodes/{node}/qemu",
    in: { node },
    params: { ...params, vmid },
    signal,
    reread: (error) => lookAtVmid(caller, guest, error),
  });
}

async function lookAtVmid(caller: PveCaller, guest: CreateGuest, error: unknown): Promise<Reread> {
  const { unlock, signal } = guest;
  const place = { node: guest.node, vmid: guest.vmid };
  const state = await inspectVmid(caller, place, signal);
  if (state === "free") return "not-done";
  if (state === "hidden") {
    if (PveError.is(error, "pve.no-worker")) await guest.clearHidden?.(place, signal);
    // Asked for again, the number is free or Proxmox answers that it is taken.
    return "not-done";
  }
  if (state === "busy") return "unclear";
  if (state === "guest")
    return guest.isOurs(await readGuestConfig(caller, place, signal ? { signal } : {})) ? "done" : "unclear";
  if (guest.leftover !== "remove") throw leftoverRemains(place, error);
  await removeLeftover(caller, place, { unlock, signal });
  return "not-done";
}

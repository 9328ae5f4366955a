import { CoppiceError } from "@coppice/core";
import { PveError } from "../errors/pve-error.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import { runTask } from "../tasks/run-task.ts";
import { type GuestPlace, inspectVmid } from "./inspect-vmid.ts";
import { isMissingGuest } from "./is-missing-guest.ts";

/** Takes the lock off a guest by other means than the API, for example `qm unlock` over SSH. */
export type Unlock = (place: GuestPlace, signal: AbortSignal | undefined) => Promise<void>;

/**
 * Removes the leftover of a failed worker start. Only for a vmid that was free a moment ago and lies
 * in the caller's own range: nothing else tells whose leftover it is. Looks again first, and refuses
 * anything that is not a leftover. Without `unlock` it needs `skiplock`, which only root@pam with a
 * password may use.
 */
export async function removeLeftover(
  caller: PveCaller,
  place: GuestPlace,
  {
    unlock,
    signal,
  }: { readonly unlock?: Unlock | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const state = await inspectVmid(caller, place, signal);
  if (state === "free") return;
  if (state !== "leftover") throw notLeftover(place, state);
  try {
    await unlock?.(place, signal);
    const params = unlock ? {} : { skiplock: true };
    await runTask(caller, {
      method: "DELETE",
      path: "/nodes/{node}/qemu/{vmid}",
      in: { ...place },
      params,
      signal,
    });
  } catch (cause) {
    if (isMissingGuest(cause, place.vmid)) return;
    throw leftoverRemains(place, cause);
  }
}

function notLeftover({ node, vmid }: GuestPlace, state: string): PveError {
  const why = state === "busy" ? "a task is still at work on it" : "a guest stands there";
  return new PveError("pve.already-exists", {
    what: `Vmid ${vmid} on node ${node} was not removed`,
    why,
    node,
  });
}

/** A leftover that stays where it is, with the way to remove it by hand. */
export function leftoverRemains({ node, vmid }: GuestPlace, cause: unknown): PveError {
  return new PveError("pve.leftover", {
    what: `Vmid ${vmid} on node ${node} is occupied by the leftover of a failed create`,
    why: whyOf(cause),
    wayOut: `On the node: qm unlock ${vmid} && qm destroy ${vmid}`,
    node,
    cause,
  });
}

function whyOf(cause: unknown): string {
  if (CoppiceError.is(cause)) return cause.sentence;
  return cause instanceof Error ? cause.message : "its worker never started";
}

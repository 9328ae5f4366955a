import { PveError } from "../errors/pve-error.ts";

/** Whether a reading call may simply be sent again: the connection broke without an answer. */
export function mayRepeatRead(error: unknown): boolean {
  return PveError.is(error, "pve.connection");
}

/**
 * Whether a change may be sent again once a re-read has shown that it was not made:
 * - a lock was not had in time: nothing was done;
 * - "got no worker upid": about 1 in 50 to 400 task starts, may leave something behind
 *   (docs/proxmox-facts.md#no-worker);
 * - the connection closed without an answer.
 */
export function mayRepeatChange(error: unknown): boolean {
  return PveError.is(error, "pve.lock-timeout", "pve.no-worker", "pve.connection");
}

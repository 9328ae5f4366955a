import { PveError } from "../errors/pve-error.ts";

/** Whether a reading call may simply be sent again: the connection broke without an answer. */
export function mayRepeatRead(error: unknown): boolean {
  return PveError.is(error, "pve.connection");
}

/**
 * Whether a read that QEMU itself has a part in may be sent again because it took too long: ours, or a node's that was
 * asked for it by another one (596; docs/proxmox-facts.md#slow-status).
 */
export function mayRepeatSlowRead(error: unknown): boolean {
  if (PveError.is(error, "pve.timeout")) return true;
  return PveError.is(error, "pve.node-unreachable") && error.details["status"] === 596;
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

import { PveError } from "../errors/pve-error.ts";

/**
 * Whether an error says that this very guest does not exist. `pve.not-found` alone is not enough:
 * it is also said of unknown nodes, storages and volumes.
 */
export function isMissingGuest(error: unknown, vmid: number): boolean {
  if (!PveError.is(error, "pve.not-found")) return false;
  return (
    error.message.includes(`/${vmid}.conf' does not exist`) ||
    error.message.includes(`configuration file for VM ${vmid} `)
  );
}

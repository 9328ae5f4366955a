import { CoppiceError } from "@coppice/core";
import { type GuestConfig, type GuestPlace, PveError, unlockOverSsh } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { removeProtected } from "./remove-protected.ts";

/**
 * What a clone's worker writes at its number before anything else, and with the first disk replaces by the name and
 * the notes that the call carried (qemu-server 9.2.6, `clone_vm`).
 */
const FIRST_NOTES = "qmclone temporary file";

/** Whether a clone broke off so early that nothing tells whose it was. */
export function isNameless({ lock, values }: Pick<GuestConfig, "lock" | "values">): boolean {
  const { description = "", lock: _lock, digest: _digest, ...others } = values;
  return lock === "clone" && Object.keys(others).length === 0 && description.trim() === FIRST_NOTES;
}

/** Whether a task's worker ended without a last line: it was killed, and cleaned nothing up. */
export function isWorkerLost(error: unknown): boolean {
  return PveError.is(error) && error.details["exitStatus"] === "unexpected status";
}

/** How somebody gets rid of what no token can remove. */
export function byHand({ node, vmid }: GuestPlace): string {
  return `on ${node}: qm unlock ${vmid} && qm destroy ${vmid}`;
}

/**
 * Removes a machine whose clone or migration broke off: its worker was killed or its node lost power, and the lock stays
 * for ever. Only for one that is ours, when nothing is at work on it any more.
 *
 * @throws CoppiceError `pool.broken-clone` without SSH: a token may take no lock off
 */
export async function removeBrokenClone(cluster: OpenCluster, place: GuestPlace): Promise<void> {
  const shell = cluster.ssh(place.node);
  if (shell === undefined) {
    throw new CoppiceError("pool.broken-clone", {
      what: `Machine ${place.vmid} on node '${place.node}' is left locked by work that broke off`,
      why: `only root may take the lock off, and cluster '${cluster.settings.name}' is configured without SSH`,
      wayOut: `Remove it by hand, ${byHand(place)}`,
    });
  }
  await unlockOverSsh(shell)(place, undefined);
  await removeProtected(cluster.client, place);
}

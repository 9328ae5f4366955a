import { type GuestPlace, PveError, putGuestConfig } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { removeProtected } from "./remove-protected.ts";

/** Removes one of our templates; false when disks stand on it, which leaves it as it was. */
export async function removeTemplate({ client }: OpenCluster, place: GuestPlace): Promise<boolean> {
  try {
    await removeProtected(client, place);
    return true;
  } catch (error) {
    // What went wrong first is what is told; a template that stays unprotected stays ours, and in the state.
    await putGuestConfig(client, place, { protection: true }).catch(() => undefined);
    // "base volume '…' is still in use by linked cloned" (docs/proxmox-facts.md#a-base-in-use)
    if (PveError.is(error) && error.message.includes("still in use")) return false;
    throw error;
  }
}

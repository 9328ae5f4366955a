import { PveError } from "../errors/pve-error.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import { assertQuorate, noQuorum } from "../retry/assert-quorate.ts";
import type { GuestPlace } from "../retry/inspect-vmid.ts";
import { putGuestConfig, readGuestConfig } from "./guests.ts";

/**
 * Refuses to go on without quorum, with the rights at hand. Credentials that may not ask for it (that wants Sys.Audit
 * on /, which shows the tasks and backup jobs of everybody) prove it on a guest of theirs: its notes are written as they
 * stand. Proxmox writes a configuration for every option that is given, changed or not (qemu-server 9.2.6,
 * update_vm_api), and cannot without quorum.
 */
export async function ensureQuorum(
  caller: PveCaller,
  place: GuestPlace,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await assertQuorate(caller, signal);
  } catch (error) {
    if (!PveError.is(error, "pve.forbidden")) throw error;
    await writeAsItStands(caller, place, error, signal);
  }
}

async function writeAsItStands(
  caller: PveCaller,
  place: GuestPlace,
  unasked: PveError,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    const { description, digest } = await readGuestConfig(caller, place, signal ? { signal } : {});
    if (description === undefined) throw unasked;
    await putGuestConfig(caller, place, { description, digest }, signal);
  } catch (error) {
    if (PveError.is(error, "pve.no-quorum")) throw noQuorum("", error);
    throw PveError.is(error, "pve.forbidden", "pve.not-found") ? unasked : error;
  }
}

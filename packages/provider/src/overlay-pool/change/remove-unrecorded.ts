import { deleteGuest, type GuestConfig, type GuestPlace, putGuestConfig } from "@coppice/pve";
import type { PoolRun } from "../run/pool-run.ts";

/**
 * Removes a stopped machine that an interrupted run left. A linked clone is protected like its generation until our
 * second call (qemu-server, clone_vm copies every option); a recorded seat is protected only if somebody wants it so.
 */
export async function removeUnrecorded(
  { cluster: { client } }: Pick<PoolRun, "cluster">,
  place: GuestPlace,
  config: GuestConfig,
): Promise<void> {
  if (config.protected) await putGuestConfig(client, place, { delete: "protection" });
  await deleteGuest(client, place, { unreferencedDisks: true });
}

import { deleteGuest, type GuestConfig, type GuestPlace, putGuestConfig } from "@coppice/pve";
import { freeLost } from "../renew/free-lost.ts";
import type { PoolRun } from "../run/pool-run.ts";

/**
 * Removes a stopped machine that an interrupted run left. A linked clone is protected like its generation until our
 * second call (qemu-server, clone_vm copies every option); a recorded seat is protected only if somebody wants it so.
 */
export async function removeUnrecorded(
  run: PoolRun,
  name: string,
  place: GuestPlace,
  config: GuestConfig,
): Promise<void> {
  const { client } = run.cluster;
  await freeLost(run, name, place, config);
  if (config.protected) await putGuestConfig(client, place, { delete: "protection" });
  await deleteGuest(client, place, { unreferencedDisks: true });
}

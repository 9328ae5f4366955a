import { removeBrokenClone, removeProtected } from "@coppice/clusters";
import type { GuestConfig, GuestPlace } from "@coppice/pve";
import type { ClassRun } from "../class-run/class-run.ts";
import { freeLost } from "./free-lost.ts";

/**
 * Removes a stopped machine that an interrupted run left. A linked clone is protected like its generation until our
 * second call (qemu-server, clone_vm copies every option); a recorded seat is protected only if somebody wants it so.
 */
export async function removeUnrecorded(
  run: ClassRun,
  name: string,
  place: GuestPlace,
  config: GuestConfig,
): Promise<void> {
  // No clone is at work on it: the run has waited for those before it looked (find-unrecorded.ts).
  if (config.lock === "clone") return await removeBrokenClone(run.cluster, place);
  await freeLost(run, name, place, config);
  await removeProtected(run.cluster.client, place, config.protected);
}

import { whenUnlocked } from "@coppice/clusters";
import { type GuestPlace, type Params, putGuestConfig } from "@coppice/pve";
import type { ClassRun } from "./class-run.ts";

/** Changes the configuration of a machine, as soon as nobody else holds its lock. */
export async function changeConfig(run: ClassRun, place: GuestPlace, params: Params): Promise<void> {
  await whenUnlocked(run, place, () => putGuestConfig(run.cluster.client, place, params));
}

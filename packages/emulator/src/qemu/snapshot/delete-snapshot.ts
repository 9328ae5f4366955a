import { isTemplate } from "../../guests/config/config-checks.ts";
import type { ConfigDraft, ConfigValues } from "../../guests/config/guest-config.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { checkLock, editConfig, loadConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { addUnused } from "../disks/unused.ts";
import { snapshotDrives } from "./snapshot-drives.ts";

export interface UnwantedSnapshot {
  readonly name: string;
  /** Take it out of the configuration even when a disk's snapshot cannot be deleted. */
  readonly force: boolean;
  /** The disks that have it, when taking it has failed half-way. */
  readonly afterFailure?: readonly string[];
}

/** The work of the task `qmdelsnapshot` (pve-guest-common, snapshot_delete). */
export async function deleteSnapshot(job: GuestJob, unwanted: UnwantedSnapshot): Promise<void> {
  const { cluster, node, vmid } = job;
  const { name } = unwanted;
  if (loadConfig(cluster, node, vmid).snapshots[name] === undefined) die(`snapshot '${name}' does not exist`);
  const snapshot = await begin(job, unwanted);
  const state = snapshot["vmstate"];
  if (state !== undefined) await tolerate(job, unwanted, () => volumes(cluster).free(node, state));
  const freed: string[] = [];
  for (const { key, drive } of snapshotDrives(snapshot)) {
    if (unwanted.afterFailure !== undefined && !unwanted.afterFailure.includes(key)) continue;
    await tolerate(job, unwanted, () => volumes(cluster).deleteSnapshot(node, drive.file, name));
    freed.push(drive.file);
  }
  await lockConfig(cluster, node, vmid, async () => {
    const config = editConfig(cluster, node, vmid);
    forget(config, name);
    for (const volid of freed) addUnused(config, volid);
    await saveConfig(cluster, node, vmid, config);
  });
}

async function begin(
  { cluster, node, vmid }: GuestJob,
  { name, afterFailure }: UnwantedSnapshot,
): Promise<ConfigValues> {
  return await lockConfig(cluster, node, vmid, async () => {
    const config = editConfig(cluster, node, vmid);
    if (afterFailure === undefined) checkLock(config);
    if (isTemplate(config)) die("you can't delete a snapshot if vm is a template");
    const snapshot = config.snapshots[name] ?? die(`snapshot '${name}' does not exist`);
    if (afterFailure === undefined) config.values["lock"] = "snapshot-delete";
    snapshot["snapstate"] = "delete";
    await saveConfig(cluster, node, vmid, config);
    return snapshot;
  });
}

/** Takes a snapshot out; those that followed it now follow its own parent. */
function forget(config: ConfigDraft, name: string): void {
  const parent = config.snapshots[name]?.["parent"];
  for (const values of [config.values, ...Object.values(config.snapshots)]) {
    if (values["parent"] !== name) continue;
    if (parent === undefined) delete values["parent"];
    else values["parent"] = parent;
  }
  delete config.snapshots[name];
  delete config.values["lock"];
}

async function tolerate(
  job: GuestJob,
  { force }: UnwantedSnapshot,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!force) throw error;
    job.log(error instanceof Error ? error.message : String(error));
  }
}

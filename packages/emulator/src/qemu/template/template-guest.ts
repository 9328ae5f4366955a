import { isTemplate } from "../../guests/config/config-checks.ts";
import type { ConfigDraft, GuestConfig } from "../../guests/config/guest-config.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { isRunning } from "../../guests/running/guest-runtime.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { checkLock, editConfig, loadConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { printDrive } from "../config/drive.ts";
import { snapshotDrives } from "../snapshot/snapshot-drives.ts";

/** What forbids making a template of a machine. */
export function checkTemplate(
  { cluster, node, vmid }: Omit<GuestJob, "log">,
  disk: string | undefined,
): GuestConfig {
  const config = loadConfig(cluster, node, vmid);
  checkLock(config);
  if (Object.keys(config.snapshots).length > 0)
    die("unable to create template, because VM contains snapshots");
  if (isTemplate(config) && disk === undefined) die("you can't convert a template to a template");
  if (isRunning(cluster, vmid)) die("you can't convert a VM to template if VM is running");
  return config;
}

/** The work of the task `qmtemplate`: the flag first, then disk after disk, each written down at once. */
export async function templateGuest(job: GuestJob, disk: string | undefined): Promise<void> {
  const { cluster, node, vmid } = job;
  await lockConfig(cluster, node, vmid, async () => {
    checkTemplate(job, disk);
    const config = editConfig(cluster, node, vmid);
    config.values["template"] = "1";
    await saveConfig(cluster, node, vmid, config);
    await makeBases(job, config, disk);
  });
}

/** Turns the disks of a template into bases; `disk` limits it to one. */
export async function makeBases(job: GuestJob, config: ConfigDraft, disk: string | undefined): Promise<void> {
  const service = volumes(job.cluster);
  for (const { key, drive } of snapshotDrives(config.values)) {
    if (disk !== undefined && disk !== key) continue;
    if (!service.hasFeature(job.node, "template", drive.file)) continue;
    const file = await service.createBase(job.node, drive.file, job.log);
    config.values[key] = printDrive({ ...drive, file });
    await saveConfig(job.cluster, job.node, job.vmid, config);
  }
}

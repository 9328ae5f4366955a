import type { ConfigDraft } from "../../guests/config/guest-config.ts";
import { byName } from "../../kernel/by-name.ts";
import { writeCloudInit } from "../cloudinit/write-cloud-init.ts";
import { saveConfig } from "../config/config-file.ts";
import { isCloudInit, parseDrive } from "../config/drive.ts";
import type { DiskJob } from "../disks/disk-job.ts";
import { freeDrive } from "../disks/free-drive.ts";
import { retireDrive } from "../disks/unused.ts";
import { isDriveName } from "../options/drive-names.ts";
import { cleanPending } from "./clean-pending.ts";

/** What could not be done, by option. */
export type UpdateErrors = Record<string, string>;

/** Brings everything pending into force; the machine does not run (qemu-server 9.2.6, vmconfig_apply_pending). */
export async function applyPending(job: DiskJob, config: ConfigDraft): Promise<UpdateErrors> {
  const errors: UpdateErrors = {};
  for (const [key, force] of [...config.pendingDelete].sort(byName)) {
    await attempt(job, errors, key, async () => {
      const value = config.values[key];
      if (value !== undefined && isDriveName(key)) await dropDrive(job, config, key, force);
      config.pendingDelete.delete(key);
      delete config.values[key];
    });
  }
  cleanPending(config);
  let cloudInit = false;
  for (const [key, value] of Object.entries(config.pending)) {
    await attempt(job, errors, key, async () => {
      const present = config.values[key];
      if (isDriveName(key)) {
        if (present !== undefined) await retireDrive(job, config, parseDrive(present));
        cloudInit ||= isCloudInit(parseDrive(value));
      }
      config.values[key] = value;
      delete config.pending[key];
    });
  }
  await saveConfig(job.cluster, job.node, job.vmid, config);
  if (cloudInit) await writeCloudInit(job, config);
  return errors;
}

async function attempt(
  job: DiskJob,
  errors: UpdateErrors,
  key: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const text = `unable to apply pending change ${key} : ${error instanceof Error ? error.message : String(error)}`;
    errors[key] = `${text}\n`;
    job.log(text);
  }
}

/** Takes a drive off: freed at once with `force`, else kept as `unusedN`. */
export async function dropDrive(
  job: DiskJob,
  config: ConfigDraft,
  key: string,
  force: boolean,
): Promise<void> {
  const drive = parseDrive(config.values[key] ?? "");
  if (!force) await retireDrive(job, config, drive);
  else await freeDrive(job, config, key, drive);
}

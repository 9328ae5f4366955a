import type { ConfigValues } from "../../guests/config/guest-config.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { checkLock, editConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { isCdrom, parseDrive, storageOf } from "../config/drive.ts";
import { memoryMib } from "../config/machine-size.ts";
import { isDriveName } from "../options/drive-names.ts";

/** Saves a machine's memory to a volume and stops it; the next start resumes from there. */
export async function suspendToDisk(job: GuestJob, storage: string | undefined): Promise<void> {
  const { cluster, node, vmid } = job;
  await lockConfig(cluster, node, vmid, async () => {
    const config = editConfig(cluster, node, vmid);
    if (job.skiplock !== true) checkLock(config);
    const target = storage ?? stateStorage(config.values);
    cluster.require(job.identity, `/storage/${target}`, ["Datastore.AllocateSpace"]);
    config.values["lock"] = "suspending";
    config.values["vmstate"] = await allocateState(job, target, config.values, "suspend");
    config.values["runningmachine"] = `pc-i440fx-${cluster.version.qemu.replace(/\.\d+$/, "")}+pve0`;
    await saveConfig(cluster, node, vmid, config);
    guestRuntime(cluster).remove(vmid);
    config.values["lock"] = "suspended";
    await saveConfig(cluster, node, vmid, config);
  });
}

/** Where a machine's memory is saved: its own setting, else the storage of its first disk. */
export function stateStorage(values: Readonly<ConfigValues>): string {
  const named = values["vmstatestorage"];
  if (named !== undefined) return named;
  for (const key of Object.keys(values).filter(isDriveName).sort()) {
    const drive = parseDrive(values[key] ?? "");
    const storage = storageOf(drive.file);
    if (storage !== undefined && !isCdrom(drive)) return storage;
  }
  return "local";
}

/** Makes the volume for a machine's memory: twice the memory and 500 MiB (qemu-server 9.2.6, __snapshot_save_vmstate). */
export async function allocateState(
  job: GuestJob,
  storage: string,
  values: Readonly<ConfigValues>,
  suffix: string,
): Promise<string> {
  const sizeBytes = (memoryMib(values["memory"]) * 2 + 500) * 1024 ** 2;
  const onFiles = volumes(job.cluster).config(storage).path !== undefined;
  const name = `vm-${job.vmid}-state-${suffix}${onFiles ? ".raw" : ""}`;
  return await volumes(job.cluster).allocate(job.node, storage, {
    vmid: job.vmid,
    format: "raw",
    sizeBytes,
    name,
  });
}

import type { ConfigDraft } from "../../guests/config/guest-config.ts";
import { byName } from "../../kernel/by-name.ts";
import { saveConfig } from "../config/config-file.ts";
import type { DiskJob } from "../disks/disk-job.ts";
import { isDriveName } from "../options/drive-names.ts";
import { dropDrive, type UpdateErrors } from "./apply-pending.ts";
import { hotplugFeatures, isFastOption } from "./hotplug-rules.ts";
import { type Plugged, plugOption } from "./plug-option.ts";
import { recordCloudInitChange } from "./record-cloud-init.ts";
import { unplugDevice } from "./unplug-device.ts";

/**
 * Brings into force what a running machine can take now; the rest stays pending. Real failures come back by option
 * (qemu-server 9.2.6, vmconfig_hotplug_pending).
 */
export async function hotplugPending(
  job: DiskJob,
  config: ConfigDraft,
  touched: ReadonlySet<string>,
): Promise<UpdateErrors> {
  const errors: UpdateErrors = {};
  for (const [key, value] of Object.entries(config.pending)) {
    if (isFastOption(key)) inForce(config, key, value);
  }
  for (const [key, force] of [...config.pendingDelete].sort(byName)) {
    if (!touched.has(key)) continue;
    if ((await attempt(errors, key, () => unplugOption(job, config, key, force))) !== "done") continue;
    recordCloudInitChange(config, key, config.values[key], undefined);
    delete config.values[key];
    config.pendingDelete.delete(key);
  }
  for (const [key, value] of Object.entries(config.pending)) {
    if (!touched.has(key)) continue;
    if ((await attempt(errors, key, () => plugOption(job, config, key, value))) === "done")
      inForce(config, key, value);
  }
  await saveConfig(job.cluster, job.node, job.vmid, config);
  return errors;
}

function inForce(config: ConfigDraft, key: string, value: string): void {
  recordCloudInitChange(config, key, config.values[key], value);
  config.values[key] = value;
  delete config.pending[key];
}

async function attempt(
  errors: UpdateErrors,
  key: string,
  work: () => Promise<Plugged>,
): Promise<Plugged | undefined> {
  try {
    return await work();
  } catch (error) {
    errors[key] = `hotplug problem - ${error instanceof Error ? error.message : String(error)}\n`;
    return undefined;
  }
}

async function unplugOption(
  job: DiskJob,
  config: ConfigDraft,
  key: string,
  force: boolean,
): Promise<Plugged> {
  const features = hotplugFeatures(config.values["hotplug"]);
  if (isFastOption(key) || key === "cpuunits" || key === "cpulimit") return "done";
  if (key === "hotplug") return /cpu|memory/.test(config.values["hotplug"] ?? "") ? "waits" : "done";
  if (key === "tablet" || /^usb\d+$/.test(key)) return features.has("usb") ? "done" : "waits";
  if (key === "vcpus") return features.has("cpu") ? "done" : "waits";
  if (key === "memory") return features.has("memory") ? "done" : "waits";
  if (key === "balloon") return config.values["balloon"] === "0" ? "waits" : "done";
  if (/^net\d+$/.test(key)) {
    if (!features.has("network")) return "waits";
    await unplugDevice(job, config, key);
    return "done";
  }
  if (!isDriveName(key) || !features.has("disk") || !/^(?:scsi|virtio)/.test(key)) return "waits";
  await unplugDevice(job, config, key);
  await dropDrive(job, config, key, force);
  return "done";
}

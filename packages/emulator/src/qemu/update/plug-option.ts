import type { ConfigDraft } from "../../guests/config/guest-config.ts";
import { die } from "../../kernel/pve-error.ts";
import { writeCloudInit } from "../cloudinit/write-cloud-init.ts";
import { isCdrom, isCloudInit, parseDrive } from "../config/drive.ts";
import { memoryMib } from "../config/machine-size.ts";
import { parseNet } from "../config/net-device.ts";
import type { DiskJob } from "../disks/disk-job.ts";
import { retireDrive } from "../disks/unused.ts";
import { isDriveName } from "../options/drive-names.ts";
import { fixedDriveKeys, type HotplugFeature, hotplugFeatures } from "./hotplug-rules.ts";
import { unplugDevice } from "./unplug-device.ts";

/** Whether a change is in force now or waits for the next start. */
export type Plugged = "done" | "waits";

type Features = ReadonlySet<HotplugFeature>;

/** Brings one pending option into a running machine, or leaves it waiting. */
export async function plugOption(
  job: DiskJob,
  config: ConfigDraft,
  key: string,
  value: string,
): Promise<Plugged> {
  const features = hotplugFeatures(config.values["hotplug"]);
  if (isDriveName(key)) return await plugDrive(job, config, key, value);
  if (/^net\d+$/.test(key)) return await plugNet(job, config, key, value);
  if (key === "cpuunits" || key === "cpulimit") return "done";
  if (key === "vcpus") return plugCpus(config, features, Number(value));
  if (key === "memory") return plugMemory(config, features, value);
  if (key === "balloon") return (config.values["balloon"] !== "0") === (value !== "0") ? "done" : "waits";
  if (key === "tablet" || /^usb\d+$/.test(key)) return features.has("usb") ? "done" : "waits";
  if (key === "hotplug")
    return /cpu|memory/.test(`${value} ${config.values["hotplug"] ?? ""}`) ? "waits" : "done";
  return "waits";
}

function plugCpus(config: ConfigDraft, features: Features, vcpus: number): Plugged {
  if (!features.has("cpu")) return "waits";
  const most = Number(config.values["sockets"] ?? 1) * Number(config.values["cores"] ?? 1);
  if (vcpus > most) die("you can't add more vcpus than maxcpus");
  return "done";
}

function plugMemory(config: ConfigDraft, features: Features, value: string): Plugged {
  if (!features.has("memory")) return "waits";
  if (config.values["numa"] !== "1") die("NUMA needs to be enabled for memory hotplug");
  return memoryMib(value) > 0 ? "done" : "waits";
}

async function plugNet(job: DiskJob, config: ConfigDraft, key: string, value: string): Promise<Plugged> {
  const features = hotplugFeatures(config.values["hotplug"]);
  const present = config.values[key];
  if (present !== undefined) {
    const [former, next] = [parseNet(present), parseNet(value)];
    const replaced = ["model", "macaddr", "queues", "mtu"].some((name) => former[name] !== next[name]);
    if (!replaced && former["bridge"] !== undefined && next["bridge"] !== undefined) return "done";
    if (!features.has("network")) return "waits";
    await unplugDevice(job, config, key);
  }
  return features.has("network") ? "done" : "waits";
}

async function plugDrive(job: DiskJob, config: ConfigDraft, key: string, value: string): Promise<Plugged> {
  if (key === "efidisk0" || key === "tpmstate0") return "waits";
  const features = hotplugFeatures(config.values["hotplug"]);
  const next = parseDrive(value);
  const present = config.values[key];
  if (isCloudInit(next)) await writeCloudInit(job, { ...config, values: { ...config.values, [key]: value } });
  if (present === undefined) return features.has("disk") && /^(?:scsi|virtio)/.test(key) ? "done" : "waits";
  const former = parseDrive(present);
  if ((former["media"] ?? "disk") !== (next["media"] ?? "disk")) die("unable to change media type");
  if (isCdrom(former)) {
    if (next.file === "none" && isCloudInit(former)) await retireDrive(job, config, former);
    return "done";
  }
  if (former.file === next.file)
    return fixedDriveKeys.every((name) => former[name] === next[name]) ? "done" : "waits";
  if (!features.has("disk")) return "waits";
  await unplugDevice(job, config, key);
  await retireDrive(job, config, former);
  return "done";
}

import type { MachineConfig } from "@coppice/core";
import { isDataDisk } from "../ownership/data-disk.ts";

/** A drive or network line of a machine's configuration: a leading value, then `key=value` options. */
export interface ConfigLine {
  /** What stands first, for example a volume id. */
  readonly first: string;
  readonly options: readonly string[];
}

const DISK_SLOT = /^(?:(?:scsi|virtio|sata|ide)\d+|efidisk0|tpmstate0)$/;

/** Whether a configuration key names a drive: a disk, a CD-ROM, EFI variables or a TPM's state. */
export function isDriveSlot(key: string): boolean {
  return DISK_SLOT.test(key);
}

/** Splits `lab:9000/base-9000-disk-0.qcow2,size=8G,ssd=1` into its volume and its options. */
export function parseConfigLine(text: string): ConfigLine {
  const [first = "", ...options] = text.split(",");
  return { first: first.replace(/^(?:file|volume)=/, ""), options };
}

/** Whether a drive is a CD-ROM (a cloud-init drive is one too). */
export function isCdrom(line: ConfigLine): boolean {
  return line.options.includes("media=cdrom");
}

/** Whether a drive is the one that Proxmox fills with cloud-init data. */
export function isCloudInitDrive(line: ConfigLine): boolean {
  return isCdrom(line) && /(?:^|[:/])(?:vm-\d+-)?cloudinit(?:\.\w+)?$/.test(line.first);
}

/** The line with another volume and without the size, which Proxmox reads from the file itself. */
export function withVolume(line: ConfigLine, volume: string): string {
  return [volume, ...line.options.filter((option) => !option.startsWith("size="))].join(",");
}

/**
 * A network line with another MAC and, where given, another bridge and VLAN.
 *
 * @example withNetwork("virtio=BC:24:11:00:00:01,bridge=vmbr0", { mac: "BC:24:11:AA:BB:CC", bridge: "vmbr1" })
 */
export function withNetwork(text: string, change: { mac: string; bridge?: string; tag?: number }): string {
  const { first, options } = parseConfigLine(text);
  const model = first.split("=")[0] ?? "virtio";
  const replaced = {
    ...(change.bridge === undefined ? {} : { bridge: change.bridge }),
    ...(change.tag === undefined ? {} : { tag: String(change.tag) }),
  };
  const kept = options.filter((option) => !Object.hasOwn(replaced, option.split("=")[0] ?? ""));
  const added = Object.entries(replaced).map(([key, value]) => `${key}=${value}`);
  return [`${model}=${change.mac}`, ...kept, ...added].join(",");
}

/** The drive lines of a machine, CD-ROMs too. */
export function driveLines(config: MachineConfig): [slot: string, line: ConfigLine][] {
  return Object.entries(config)
    .filter(([key]) => isDriveSlot(key))
    .map(([key, value]) => [key, parseConfigLine(String(value))]);
}

/** The drive lines whose disks a seat gets its own version of. */
export function diskLines(config: MachineConfig): [slot: string, line: ConfigLine][] {
  return driveLines(config).filter(
    ([, line]) => !isCdrom(line) && !isDataDisk(line) && line.first !== "none",
  );
}

/** Whether a configuration key names a network card. */
export function isNetworkKey(key: string): boolean {
  return /^net\d+$/.test(key);
}

/** How many network cards a machine has, and under which keys. */
export function networkKeys(config: MachineConfig): string[] {
  return Object.keys(config).filter(isNetworkKey).sort();
}

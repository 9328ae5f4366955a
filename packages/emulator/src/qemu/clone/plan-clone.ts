import type { Node } from "../../cluster/node.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { die } from "../../kernel/pve-error.ts";
import type { FeatureQuestion, VolumeFeature } from "../../storage/volume-types.ts";
import { type Drive, isCdrom, isCloudInit, parseDrive } from "../config/drive.ts";
import { isDriveName } from "../options/drive-names.ts";

export interface DiskCopy {
  readonly key: string;
  readonly drive: Drive;
  /** Copied in full, or linked to the source. */
  readonly full: boolean;
}

export interface ClonePlan {
  /** The options taken over, network devices included as they are. */
  readonly values: ConfigValues;
  readonly disks: readonly DiskCopy[];
}

export interface CloneSource {
  readonly node: Node;
  readonly values: Readonly<ConfigValues>;
  readonly full: boolean;
  readonly running: boolean;
  readonly snapshot?: string;
}

/** Answers what a storage can do with a volume. */
interface Features {
  hasFeature(node: Node, feature: VolumeFeature, volid: string, question?: FeatureQuestion): boolean;
}

const left = new Set([
  "parent",
  "snaptime",
  "vmstate",
  "snapstate",
  "runningcpu",
  "runningmachine",
  "running-nets-host-mtu",
  "lock",
]);

/** Sorts a machine's options into what is copied as text and what needs a disk (qemu-server 9.2.6, clone_vm). */
export function planClone(features: Features, source: CloneSource): ClonePlan {
  const values: ConfigValues = {};
  const disks: DiskCopy[] = [];
  for (const key of Object.keys(source.values).sort()) {
    const value = source.values[key] ?? "";
    if (left.has(key) || /^unused\d+$/.test(key)) continue;
    const drive = isDriveName(key) ? parseDrive(value) : undefined;
    if (drive === undefined || isCdrom(drive, true)) values[key] = value;
    else disks.push(planDisk(features, source, key, drive));
  }
  return { values, disks };
}

function planDisk(features: Features, source: CloneSource, key: string, drive: Drive): DiskCopy {
  if (source.full && source.running && source.snapshot === undefined && key === "tpmstate0") {
    die("cannot clone TPM state while VM is running");
  }
  const full = source.full || isCloudInit(drive) || key === "tpmstate0";
  const question = {
    running: source.running,
    ...(source.snapshot === undefined ? {} : { snapshot: source.snapshot }),
  };
  if (!features.hasFeature(source.node, full ? "copy" : "clone", drive.file, question)) {
    const of = source.snapshot === undefined ? "" : " a snapshot of";
    die(`${full ? "Full" : "Linked"} clone feature is not supported for${of} '${drive.file}' (${key})`);
  }
  return { key, drive, full };
}

import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { type Drive, isCdrom, parseDrive } from "../config/drive.ts";
import { isDriveName } from "../options/drive-names.ts";

/** The disks that a snapshot covers: CD-ROMs and cloud-init's drive are left out. */
export function snapshotDrives(
  values: Readonly<ConfigValues>,
): { readonly key: string; readonly drive: Drive }[] {
  return Object.keys(values)
    .filter(isDriveName)
    .sort()
    .map((key) => ({ key, drive: parseDrive(values[key] ?? "") }))
    .filter(({ drive }) => !isCdrom(drive) && drive.file !== "");
}

const notCopied = new Set(["snapstate", "snaptime", "vmstate", "lock", "digest", "description"]);

/** The options that go into a snapshot and come back from it (pve-guest-common, __snapshot_copy_config). */
export function copiedOptions(values: Readonly<ConfigValues>): ConfigValues {
  const kept = Object.entries(values).filter(([key]) => !notCopied.has(key) && !/^unused\d+$/.test(key));
  return Object.fromEntries(kept);
}

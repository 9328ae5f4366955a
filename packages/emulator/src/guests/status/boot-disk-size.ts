import { bootDisks } from "../config/boot-order.ts";
import type { ConfigValues } from "../config/config-values.ts";
import { isCdrom, parseDrive } from "../config/drive.ts";
import { parseDriveSize } from "../config/drive-size.ts";

/** The size of the first disk it boots from; 0 when there is none. */
export function bootDiskSize(values: Readonly<ConfigValues>): number {
  for (const key of bootDisks(values)) {
    const drive = parseDrive(values[key] ?? "");
    if (values[key] !== undefined && !isCdrom(drive)) return parseDriveSize(drive["size"] ?? "") ?? 0;
  }
  return 0;
}

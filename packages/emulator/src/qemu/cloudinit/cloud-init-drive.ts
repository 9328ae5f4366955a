import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { type Drive, isCloudInit, parseDrive } from "../config/drive.ts";
import { isDriveName } from "../options/drive-names.ts";

/** The machine's cloud-init drive, if it has one that is made. */
export function cloudInitDrive(
  values: Readonly<ConfigValues>,
): { readonly key: string; readonly drive: Drive } | undefined {
  for (const [key, value] of Object.entries(values)) {
    if (!isDriveName(key)) continue;
    const drive = parseDrive(value);
    if (isCloudInit(drive)) return { key, drive };
  }
  return undefined;
}

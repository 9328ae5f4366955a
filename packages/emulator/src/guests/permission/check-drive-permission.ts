import type { Cluster } from "../../cluster/cluster.ts";
import { isCdrom, isCloudInit, parseDrive } from "../config/drive.ts";
import { type GuestAccess, requireOnGuest } from "./check-options.ts";

/** Demands what changing a drive needs: cloud-init's, a CD-ROM, or a disk. */
export function checkDrivePermission(cluster: Cluster, access: GuestAccess, value: string): void {
  const drive = parseDrive(value);
  if (isCloudInit(drive)) requireOnGuest(cluster, access, ["VM.Config.Cloudinit", "VM.Config.CDROM"]);
  else if (isCdrom(drive, true)) requireOnGuest(cluster, access, ["VM.Config.CDROM"]);
  else requireOnGuest(cluster, access, ["VM.Config.Disk"]);
}

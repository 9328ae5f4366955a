import type { Cluster } from "../../cluster/cluster.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { type GuestAccess, requireOnGuest } from "../../guests/guest-permission.ts";
import { die } from "../../kernel/pve-error.ts";
import { isCdrom, isCloudInit, parseDrive } from "../config/drive.ts";
import { optionRule } from "./option-privileges.ts";

/** Demands what each option needs; tokens of root@pam are not root. */
export function checkOptions(cluster: Cluster, access: GuestAccess, options: readonly string[]): void {
  if (access.identity.isRoot) return;
  for (const option of options) {
    const rule = optionRule(option);
    if (rule === "root only") die(`only root can set '${option}' config`);
    if (rule === "checked elsewhere") continue;
    requireOnGuest(cluster, access, rule.any, rule.any.length > 1);
    if (option === "startup") cluster.require(access.identity, "/", ["Sys.Modify"]);
  }
}

/** Serial ports: sockets need a privilege, real devices are root's. USB and PCI devices of the host likewise. */
export function checkDevices(cluster: Cluster, access: GuestAccess, values: Readonly<ConfigValues>): void {
  if (access.identity.isRoot) return;
  for (const [option, value] of Object.entries(values)) {
    if (/^serial\d+$/.test(option)) {
      if (value !== "socket") die(`only root can set '${option}' config for real devices`);
      requireOnGuest(cluster, access, ["VM.Config.HWType"]);
    } else if (/^usb\d+$/.test(option)) {
      requireOnGuest(cluster, access, ["VM.Config.HWType"]);
      if (!/(?:^|,)(?:host=)?spice/i.test(value) && !value.includes("mapping=")) {
        die(`only root can set '${option}' config for real devices`);
      }
    } else if (/^hostpci\d+$/.test(option) && !value.includes("mapping=")) {
      die(`only root can set '${option}' config for non-mapped devices`);
    }
  }
}

/** Demands what changing a drive needs: cloud-init's, a CD-ROM, or a disk. */
export function checkDrivePermission(cluster: Cluster, access: GuestAccess, value: string): void {
  const drive = parseDrive(value);
  if (isCloudInit(drive)) requireOnGuest(cluster, access, ["VM.Config.Cloudinit", "VM.Config.CDROM"]);
  else if (isCdrom(drive, true)) requireOnGuest(cluster, access, ["VM.Config.CDROM"]);
  else requireOnGuest(cluster, access, ["VM.Config.Disk"]);
}

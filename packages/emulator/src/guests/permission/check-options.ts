import type { Cluster } from "../../cluster/cluster.ts";
import type { Identity } from "../../kernel/identity.ts";
import { die } from "../../kernel/pve-error.ts";
import type { ConfigValues } from "../config/config-values.ts";
import { optionRule } from "./option-privileges.ts";

/** Who asks about which guest; the pool counts while the guest is being made. */
export interface GuestAccess {
  readonly identity: Identity;
  readonly vmid: number;
  readonly pool?: string | undefined;
}

/** Demands privileges on the guest, or on the pool it is being made in (pve-access-control, check_vm_perm). */
export function requireOnGuest(
  cluster: Cluster,
  access: GuestAccess,
  privileges: readonly string[],
  any = false,
): void {
  const { identity, vmid, pool } = access;
  if (pool !== undefined && cluster.allow(identity, `/pool/${pool}`, privileges, any)) return;
  cluster.require(identity, `/vms/${vmid}`, privileges, any);
}

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

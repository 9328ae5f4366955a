import { builtInRoles, commonPrivileges } from "./privileges.ts";
import type { PveVersion } from "./pve-version.ts";

const privileges = [...commonPrivileges, "VM.Monitor"].sort();

/** Proxmox VE 8.4 (pve-manager 8.4.21, qemu-server 8.4.10). */
export const pve84: PveVersion = {
  id: "8.4",
  version: "8.4.21",
  release: "8.4",
  repoid: "2606ac850d46da29",
  qemu: "7.2.22",
  kernel: "6.8.12-13-pve",
  privileges,
  roles: builtInRoles(privileges, { user: [], auditor: [] }),
  features: {
    sortedTags: false,
    extendedL2Clones: false,
    memhost: false,
    networkResources: false,
    haRules: false,
    blockdev: false,
    waitingCleanup: false,
    glusterfs: true,
    tokenCoefficient: false,
    lateCluster: false,
    destroyWarns: false,
  },
};

import { builtInRoles, commonPrivileges } from "./privileges.ts";
import type { PveVersion } from "./pve-version.ts";

const agentPrivileges = [
  "VM.GuestAgent.Audit",
  "VM.GuestAgent.FileRead",
  "VM.GuestAgent.FileSystemMgmt",
  "VM.GuestAgent.FileWrite",
];
const privileges = [
  ...commonPrivileges,
  ...agentPrivileges,
  "VM.GuestAgent.Unrestricted",
  "VM.Replicate",
].sort();

/** Proxmox VE 9.2 (pve-manager 9.2.11, qemu-server 9.2.6). */
export const pve92: PveVersion = {
  id: "9.2",
  version: "9.2.11",
  release: "9.2",
  repoid: "14a22df35955d97d",
  qemu: "10.0.13",
  kernel: "6.17.4-1-pve",
  privileges,
  roles: builtInRoles(privileges, { user: agentPrivileges, auditor: ["VM.GuestAgent.Audit"] }),
  features: {
    sortedTags: true,
    extendedL2Clones: true,
    memhost: true,
    networkResources: true,
    haRules: true,
    blockdev: true,
    waitingCleanup: true,
    glusterfs: false,
    tokenCoefficient: true,
    lateCluster: true,
    destroyWarns: true,
  },
};

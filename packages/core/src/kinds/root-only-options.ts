/** Options that Proxmox gives to root@pam with a password only (docs/proxmox-facts.md#options-of-root-alone). */
export const rootOnlyOptions: readonly string[] = [
  "args",
  "affinity",
  "arch",
  "hookscript",
  "hugepages",
  "keephugepages",
  "ivshmem",
  "spice_enhancements",
  "amd-sev",
  "intel-tdx",
];

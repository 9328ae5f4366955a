import type { LatencyTable } from "./latency.ts";

/**
 * What a genuine node computes (2 vCPU, local directory storage), in milliseconds, less what this emulator spends
 * itself. They add up to the medians of docs/proxmox-facts.md#times. A clone and a removal hold the storage's lock while they
 * work on a disk.
 */
export const latencyTables: Readonly<Record<"8.4" | "9.2", LatencyTable>> = {
  "8.4": {
    request: 2,
    worker: 13,
    fork: 10,
    "config-write": 2,
    "clone-disk": 108,
    "free-disk": 25,
    "scan-storage": 20,
    "task:qmcreate": 85,
    "task:qmconfig": 10,
    "task:qmdestroy": 65,
    "perl-start": 500,
    "vm-start": 600,
  },
  "9.2": {
    request: 2,
    worker: 20,
    fork: 8,
    "config-write": 2,
    "clone-disk": 138,
    "free-disk": 25,
    "scan-storage": 20,
    "task:qmcreate": 98,
    "task:qmclone": 50,
    "task:qmconfig": 18,
    "task:qmdestroy": 95,
    "perl-start": 560,
    "vm-start": 600,
  },
};

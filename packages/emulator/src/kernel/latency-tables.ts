import type { LatencyTable } from "./latency.ts";

/**
 * What a genuine node computes (2 vCPU, local directory storage), in milliseconds, less what this emulator spends
 * itself. They add up to the medians of docs/proxmox-facts.md#times. A clone holds the storage's lock meanwhile, which is
 * why 25 at once take 3.1 s and 3.8 s.
 */
export const latencyTables: Readonly<Record<"8.4" | "9.2", LatencyTable>> = {
  "8.4": {
    request: 3,
    worker: 15,
    fork: 10,
    "config-write": 2,
    "clone-disk": 108,
    "task:qmcreate": 82,
    "task:qmconfig": 14,
    "task:qmdestroy": 80,
    "perl-start": 500,
    "vm-start": 600,
  },
  "9.2": {
    request: 3,
    worker: 22,
    fork: 8,
    "config-write": 2,
    "clone-disk": 142,
    "task:qmcreate": 94,
    "task:qmclone": 50,
    "task:qmconfig": 24,
    "task:qmdestroy": 130,
    "perl-start": 560,
    "vm-start": 600,
  },
};

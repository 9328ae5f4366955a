import type { LatencyTable } from "./latency.ts";

/**
 * Times of a genuine node (2 vCPU, local directory storage; pve-real.md 3) less what this emulator spends itself.
 * A create: 32 ms to the UPID, 140 ms to the end on 8.4; 34 and 154 ms on 9.2.
 */
export const latencyTables: Readonly<Record<"8.4" | "9.2", LatencyTable>> = {
  "8.4": {
    request: 3,
    worker: 20,
    fork: 8,
    "config-write": 25,
    "clone-disk": 10,
    "perl-start": 500,
    "vm-start": 600,
  },
  "9.2": {
    request: 3,
    worker: 22,
    fork: 9,
    "config-write": 30,
    "clone-disk": 60,
    "perl-start": 560,
    "vm-start": 600,
  },
};

import type { Cluster } from "../../cluster/cluster.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import type { RunningGuest } from "../../guests/running/running-guest.ts";
import { memoryMib } from "../config/machine-size.ts";

/** A booted system holds about a third of the memory; firmware alone next to nothing. */
function idleMemory(guest: RunningGuest, values: Readonly<ConfigValues>): number {
  return guest.hasSystem ? Math.floor(memoryMib(values["memory"]) * 1024 ** 2 * 0.3) : 0;
}

/** The memory a running machine uses, in bytes: what a test told it to, else what a quiet system holds. */
export function usedMemory(cluster: Cluster, guest: RunningGuest, values: Readonly<ConfigValues>): number {
  return guestRuntime(cluster).behaviour(guest.vmid).memoryBytes ?? idleMemory(guest, values);
}

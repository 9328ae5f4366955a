import type { Cluster } from "../../cluster/cluster.ts";
import type { ConfigValues } from "../config/config-values.ts";
import { memoryMib } from "../config/memory.ts";
import { guestRuntime } from "../state/guest-runtime.ts";
import type { RunningGuest } from "../state/running-guest.ts";

/** A booted system holds about a third of the memory; firmware alone next to nothing. */
function idleMemory(guest: RunningGuest, values: Readonly<ConfigValues>): number {
  return guest.hasSystem ? Math.floor(memoryMib(values["memory"]) * 1024 ** 2 * 0.3) : 0;
}

/** The memory a running machine uses, in bytes: what a test told it to, else what a quiet system holds. */
export function usedMemory(cluster: Cluster, guest: RunningGuest, values: Readonly<ConfigValues>): number {
  return guestRuntime(cluster).behaviour(guest.vmid).memoryBytes ?? idleMemory(guest, values);
}

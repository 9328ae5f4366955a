import type { Cluster } from "../../cluster/cluster.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import type { RunningGuest } from "../../guests/running/running-guest.ts";
import { assignedCpus } from "../config/machine-size.ts";

/** What a system takes that does nothing; a machine without one stands still in its firmware. */
function idleDemand(guest: RunningGuest): number {
  return guest.hasSystem ? 0.02 : 0;
}

/**
 * The share of its vCPUs a running machine uses at this moment, 0 to 1: its demand, bounded by its vCPUs and by
 * `cpulimit`. What pvestatd's rounds and RRD data are made from.
 */
export function currentCpu(cluster: Cluster, vmid: number, values: Readonly<ConfigValues>): number {
  const runtime = guestRuntime(cluster);
  const guest = runtime.get(vmid);
  const node = guest === undefined ? undefined : cluster.nodes.get(guest.node);
  if (guest === undefined || node === undefined || guest.paused) return 0;
  const cpus = assignedCpus(node, values);
  const limit = Number(values["cpulimit"] ?? 0);
  const granted = Math.min(
    runtime.behaviour(vmid).cpuDemand ?? idleDemand(guest),
    cpus,
    limit > 0 ? limit : Number.POSITIVE_INFINITY,
  );
  return granted / cpus;
}

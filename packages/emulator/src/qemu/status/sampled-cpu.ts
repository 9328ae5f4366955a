import type { Cluster } from "../../cluster/cluster.ts";
import { perCluster } from "../../cluster/per-cluster.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import type { RunningGuest } from "../../guests/running/running-guest.ts";
import { currentCpu } from "./current-cpu.ts";

interface Sample {
  readonly pid: number;
  readonly at: number;
  readonly cpu: number;
}

const samples = perCluster(() => new Map<number, Sample>());

/** A new sample is taken once `elapsed × host CPUs` exceeds ten seconds (qemu-server 9.2.6, vmstatus: 1000 ticks). */
const ticksMs = 10_000;

/**
 * The `cpu` of list and status: 0 when the machine is asked about for the first time, then the average since the last
 * sample. One cache stands for those of the three workers.
 */
export function sampledCpu(cluster: Cluster, guest: RunningGuest, values: Readonly<ConfigValues>): number {
  const known = samples(cluster).get(guest.vmid);
  const now = cluster.clock.now();
  const cpus = cluster.nodes.get(guest.node)?.hardware.cpus ?? 1;
  if (known?.pid !== guest.pid) {
    samples(cluster).set(guest.vmid, { pid: guest.pid, at: now, cpu: 0 });
    return 0;
  }
  if ((now - known.at) * cpus <= ticksMs) return known.cpu;
  const cpu = currentCpu(cluster, guest.vmid, values);
  samples(cluster).set(guest.vmid, { pid: guest.pid, at: now, cpu });
  return cpu;
}

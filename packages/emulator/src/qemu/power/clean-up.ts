import type { Cluster } from "../../cluster/cluster.ts";
import { perCluster } from "../../cluster/per-cluster.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { lockConfig } from "../config/config-file.ts";

/** Clean-ups that have not come to their lock yet, by machine: how long each holds it, in milliseconds. */
const late = perCluster(() => new Map<number, number>());

/** `qm cleanup` waits that long for the lock (qemu-server 9.2.6, CLI/qm.pm). */
const patience = 60_000;

type Machine = Pick<GuestJob, "cluster" | "node" | "vmid">;

/**
 * Notes that QEMU has ended: qmeventd starts `qm cleanup`, which comes to the lock at once and has nothing to wait for,
 * unless a fault has it come when the machine was started again. 8.4's gives up in that case.
 */
export function noteEnd({ cluster, node, vmid }: Machine): void {
  if (!cluster.version.features.waitingCleanup) return;
  const holdMs = cluster.faults.take("cleanup", { node: node.name, vmid })?.delayMs;
  if (holdMs !== undefined) late(cluster).set(vmid, holdMs);
}

/**
 * A clean-up that comes late takes the lock of the machine that runs again, and waits in it for QEMU to vanish: nothing
 * else gets the lock meanwhile (docs/proxmox-facts.md#lock-after-a-stop).
 */
export function comeLate(machine: Machine): void {
  const { cluster, node, vmid } = machine;
  const holdMs = late(cluster).get(vmid);
  if (holdMs === undefined) return;
  late(cluster).delete(vmid);
  // Nobody waits for it: it ends with the machine, or when its time is over.
  lockConfig(cluster, node, vmid, () => untilStopped(cluster, vmid, holdMs), { timeoutMs: patience }).catch(
    () => undefined,
  );
}

async function untilStopped(cluster: Cluster, vmid: number, longestMs: number): Promise<void> {
  const stopped = new AbortController();
  const forget = guestRuntime(cluster).onStop(vmid, () => stopped.abort());
  const signal = AbortSignal.any([stopped.signal, cluster.stopped]);
  await cluster.clock.sleep(longestMs, signal).catch(() => undefined);
  forget();
}

import type { Cluster } from "../../cluster/cluster.ts";
import { guestRuntime } from "./guest-runtime.ts";
import type { RunningGuest } from "./running-guest.ts";

/** How long a system takes to boot and to shut down where times are imitated, in milliseconds. */
const measured = { boot: 8000, shutdown: 2000 } as const;

/** Whether there is a system inside: what a test decided, else what the boot disk showed at the start. */
function hasSystem(cluster: Cluster, guest: RunningGuest): boolean {
  return guestRuntime(cluster).behaviour(guest.vmid).system ?? guest.hasSystem;
}

/** True when the system inside is up: it takes time after a start, and stands still while paused. */
export function answersGuestRequests(cluster: Cluster, guest: RunningGuest): boolean {
  if (guest.paused || !hasSystem(cluster, guest)) return false;
  const bootMs =
    guestRuntime(cluster).behaviour(guest.vmid).bootMs ?? (cluster.latency.measured ? measured.boot : 0);
  return cluster.clock.now() >= guest.bootedAt + bootMs;
}

/** How long the system takes to shut down once asked; undefined when it never will. */
export function shutdownTime(cluster: Cluster, guest: RunningGuest): number | undefined {
  const behaviour = guestRuntime(cluster).behaviour(guest.vmid);
  if (behaviour.obeysShutdown === false || !answersGuestRequests(cluster, guest)) return undefined;
  return behaviour.shutdownMs ?? (cluster.latency.measured ? measured.shutdown : 0);
}

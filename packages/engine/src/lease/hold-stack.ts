import type { StateHome } from "../home/state-home.ts";
import { clearEngineLocks } from "./engine-locks.ts";
import type { HeldLease } from "./held-lease.ts";
import type { Lease, LeaseRequest } from "./lease.ts";
import type { WatchParts } from "./lease-watch.ts";
import { type StackName, type StackPlace, stackPlace } from "./stack-place.ts";
import { takeLease, watchParts } from "./take-lease.ts";

/**
 * Does something with a stack that nobody else may change meanwhile: waits for the stack's lease, removes the locks that
 * dead engines left, works, and gives the lease back.
 *
 * @example
 * await holdStack(home, { project, stack }, { who: "ada", signal }, async (lease) => {
 *   return await engine.run(order, { tell, signal: AbortSignal.any([signal, lease.lost]), started: (pid) => lease.engineStarted(pid) });
 * });
 * @throws CoppiceError `stack.locked` when an engine that is not known to be dead has the stack; `stack.lease`
 */
export async function holdStack<T>(
  home: StateHome,
  name: StackName,
  request: LeaseRequest,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const place = stackPlace(home, name);
  const parts = watchParts(place.leases);
  const lease = await takeLease(parts, request);
  try {
    await clearLocksFor(lease, parts, { place, signal: request.signal });
    return await work(lease);
  } finally {
    await lease.release();
  }
}

/** Removes the locks of dead engines for whoever has the lease. */
export async function clearLocksFor(
  lease: HeldLease,
  { computer, clock }: WatchParts,
  { place, signal }: { readonly place: StackPlace; readonly signal: AbortSignal },
): Promise<void> {
  if (place.engineLocks === undefined) return;
  await clearEngineLocks(place.engineLocks, { host: computer.host, gone: lease.gone, clock, signal });
  await lease.locksCleared();
}

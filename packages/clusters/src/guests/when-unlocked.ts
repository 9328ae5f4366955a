import { type GuestPlace, type PveClient, PveError } from "@coppice/pve";
import { reported } from "../steps/reported.ts";
import type { StepContext } from "../steps/step.ts";

/**
 * Longer than anything that Proxmox does with a guest's lock and ends by itself: the clean-up after a stop holds it for
 * 30 s (docs/proxmox-facts.md#lock-after-a-stop), and each attempt waits 10 s for it.
 */
const LONGEST_MS = 60_000;
const PAUSE_MS = 500;

/** Who waits, and for whom it is told. */
interface Waiting {
  readonly cluster: { readonly client: Pick<PveClient, "clock"> };
  readonly context: Pick<StepContext, "report" | "signal">;
}

/**
 * Makes a change to a guest, and makes it again as long as somebody else holds the guest's lock: nothing was changed
 * then. Told while it lasts; ends with the way out where the lock never comes free.
 *
 * @throws PveError `pve.lock-timeout` after a minute
 */
export async function whenUnlocked<Result>(
  { cluster: { client }, context }: Waiting,
  place: GuestPlace,
  change: () => Promise<Result>,
): Promise<Result> {
  try {
    return await change();
  } catch (error) {
    if (!isHeld(error)) throw error;
  }
  const item = { kind: "machine", name: String(place.vmid) } as const;
  return await reported(context, { verb: "wait-for-lock", item, node: place.node }, () =>
    tryAgain(client, context.signal, place, change),
  );
}

async function tryAgain<Result>(
  { clock }: Pick<PveClient, "clock">,
  signal: AbortSignal,
  place: GuestPlace,
  change: () => Promise<Result>,
): Promise<Result> {
  const latest = clock.now() + LONGEST_MS;
  for (;;) {
    // Between two attempts nothing is in flight, so Ctrl-C may end it.
    await clock.sleep(PAUSE_MS, signal);
    try {
      return await change();
    } catch (error) {
      if (!isHeld(error)) throw error;
      if (clock.now() >= latest) throw neverFreed(place, error);
    }
  }
}

/** A guest's own lock is had before anything is changed; a storage's may be asked for in the midst of it. */
function isHeld(error: unknown): error is PveError {
  return PveError.is(error, "pve.lock-timeout") && /\/var\/lock\/qemu-server\//.test(error.message);
}

function neverFreed({ node, vmid }: GuestPlace, cause: PveError): PveError {
  return new PveError("pve.lock-timeout", {
    what: `Machine ${vmid} on ${node} could not be changed`,
    why: `somebody has held its lock for more than ${LONGEST_MS / 1000} s`,
    wayOut: `Find out who on ${node} ('fuser -v /var/lock/qemu-server/lock-${vmid}.conf'), then run it again`,
    cause,
  });
}

import { systemClock } from "@coppice/core";
import { thisComputer } from "./computer.ts";
import type { HeldLease } from "./held-lease.ts";
import type { LeaseRequest } from "./lease.ts";
import { LeaseFiles } from "./lease-files.ts";
import { LeaseWatch, type WatchParts } from "./lease-watch.ts";

/** What looks at the leases in a folder go by on this computer. */
export function watchParts(folder: string): WatchParts {
  return { files: new LeaseFiles(folder), computer: thisComputer(), clock: systemClock };
}

/** Takes the lease as soon as it is free. */
export async function takeLease(parts: WatchParts, { who, signal, waits }: LeaseRequest): Promise<HeldLease> {
  const watch = new LeaseWatch(parts, who);
  let told = "";
  for (;;) {
    signal.throwIfAborted();
    const found = await watch.look();
    if ("lease" in found) return found.lease;
    const { id = "unknown" } = found.holder ?? {};
    if (id !== told) waits?.(found.holder);
    told = id;
    await watch.pause(signal);
  }
}

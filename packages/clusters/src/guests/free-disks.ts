import { ensureQuorum, type GuestPlace, type Params, type PveCaller, putGuestConfig } from "@coppice/pve";
import type { StepContext } from "../steps/step.ts";
import { whenUnlocked } from "./when-unlocked.ts";

/** Whose machine it is, and how it is reached. */
interface Freeing {
  readonly cluster: { readonly client: PveCaller };
  readonly context: Pick<StepContext, "report" | "signal">;
}

/**
 * Changes the configuration of a machine so that it frees disks for good. Without quorum Proxmox frees the files and keeps
 * their names in the configuration (docs/proxmox-facts.md#without-quorum), so it is asked for right before each attempt: a
 * minute may pass until nobody else holds the machine's lock.
 */
export async function freeDisks(run: Freeing, place: GuestPlace, params: Params): Promise<void> {
  const { client } = run.cluster;
  await whenUnlocked(run, place, async () => {
    await ensureQuorum(client, place);
    await putGuestConfig(client, place, params);
  });
}

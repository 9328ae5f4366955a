import { type GuestPlace, listActiveTasks } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import type { StepContext } from "../steps/step.ts";

const firstGap = 25;
const longestGap = 500;

/** Work that goes on when its client is gone, by the type of its task, in words. */
const work = { qmclone: "clone", qmigrate: "migration" } as const;

/**
 * Waits until nobody clones or moves a machine any more. A clone runs as a task of its source, and carries no mark before
 * its first disk is done: only when it has ended can be told whose it is.
 */
export async function waitForTasks(
  { client }: OpenCluster,
  place: GuestPlace,
  wanted: keyof typeof work,
  context: StepContext,
): Promise<void> {
  for (let gap = firstGap; ; gap = Math.min(2 * gap, longestGap)) {
    const tasks = await listActiveTasks(client, place);
    if (!tasks.some(({ type }) => type === wanted)) return;
    context.report(`waiting for a running ${work[wanted]} of ${place.vmid}`);
    await context.clock.sleep(gap, context.signal);
  }
}

import { type GuestPlace, inspectVmid, listActiveTasks } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { reported } from "../steps/reported.ts";
import type { StepContext } from "../steps/step.ts";
import { waitUntil } from "../steps/wait-until.ts";

/** Work that goes on when its client is gone, by the type of its task. */
const waits = { qmclone: "wait-for-clone", qmigrate: "wait-for-migration" } as const;

/**
 * Waits until nobody clones or moves a machine any more. A clone runs as a task of its source, and carries no mark before
 * its first disk is done: only when it has ended can be told whose it is.
 */
export async function waitForTasks(
  { client }: OpenCluster,
  place: GuestPlace,
  wanted: keyof typeof waits,
  context: Pick<StepContext, "report"> & Partial<Pick<StepContext, "signal">>,
): Promise<void> {
  const isOver = async () => !(await listActiveTasks(client, place)).some(({ type }) => type === wanted);
  if (await isOver()) return;
  const item = { kind: "machine", name: String(place.vmid) } as const;
  await reported(context, { verb: waits[wanted], item, node: place.node }, () =>
    waitUntil(isOver, { clock: client.clock, signal: context.signal }),
  );
}

/** One that takes longer imports a disk: nothing of ours does that, so it is somebody else's. */
const LONGEST_CREATE_MS = 120_000;

/** Waits until a create at a number has ended: it goes on when its client is gone, and carries no mark before its end. */
export async function waitForCreate(
  { client }: OpenCluster,
  place: GuestPlace,
  { signal }: Pick<StepContext, "signal">,
): Promise<void> {
  const isOver = async () => (await inspectVmid(client, place)) !== "busy";
  await waitUntil(isOver, { clock: client.clock, signal, longestMs: LONGEST_CREATE_MS });
}

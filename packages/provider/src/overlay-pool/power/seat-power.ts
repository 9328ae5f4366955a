import { type GuestPlace, powerGuest, readGuestStatus } from "@coppice/pve";
import type { PlannedSeat } from "../plan/plan-pool.ts";
import { type PoolRun, step } from "../run/pool-run.ts";

/** Stops a machine at once: what is removed or reset has nothing to save. */
export async function stopSeat(run: PoolRun, place: GuestPlace): Promise<void> {
  const { client } = run.cluster;
  if ((await readGuestStatus(client, place)).status !== "stopped") await powerGuest(client, place, "stop");
}

/**
 * Makes a machine ready for another disk, which only a stopped one can take. Answers whether it ran before; or
 * "deferred" when it runs and the class lets running seats be.
 */
export async function makeStopped(
  run: PoolRun,
  { seat, node, vmid }: PlannedSeat,
): Promise<"stopped" | "was-running" | "deferred"> {
  const place = { node, vmid };
  const { status } = await readGuestStatus(run.cluster.client, place);
  if (status === "stopped") return "stopped";
  if ((run.inputs.publish?.running ?? "stop") === "defer") {
    run.context.warn(`Seat '${seat}' is running and keeps its disk; stop it and run again.`);
    return "deferred";
  }
  await step(run, `stop ${seat}`, () => stopSeat(run, place));
  return "was-running";
}

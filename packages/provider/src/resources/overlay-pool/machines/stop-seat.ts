import { type GuestPlace, isDown, powerGuest, readGuestStatus } from "@coppice/pve";
import { type ClassRun, step } from "../class-run/class-run.ts";
import type { PlannedSeat } from "../plan/plan-class.ts";

/**
 * Stops a machine at once: what is removed or reset has nothing to save. One that HA manages has stopped only when HA
 * knows that it shall: it would start it again in the midst of our work.
 */
export async function stopSeat(run: ClassRun, place: GuestPlace): Promise<void> {
  const { client } = run.cluster;
  if (!isDown(await readGuestStatus(client, place))) await powerGuest(client, place, "stop");
}

/**
 * Makes a machine ready for another disk, which only a stopped one can take. Answers whether it ran before; or
 * "deferred" when it runs and the class lets running seats be.
 */
export async function makeStopped(
  run: ClassRun,
  { seat, node, vmid }: PlannedSeat,
): Promise<"stopped" | "was-running" | "deferred"> {
  const place = { node, vmid };
  if (isDown(await readGuestStatus(run.cluster.client, place))) return "stopped";
  if ((run.inputs.publish?.running ?? "stop") === "defer") {
    run.context.warn(`Seat '${seat}' is running and keeps its disk; stop it and run again.`);
    return "deferred";
  }
  await step(run, `stop ${seat}`, () => stopSeat(run, place));
  return "was-running";
}

import { readGuestStatus, startTask } from "@coppice/pve";
import { runSteps } from "../resource/run-steps.ts";
import type { PlannedSeat } from "./plan-pool.ts";
import { fail, type PoolRun, step } from "./pool-run.ts";

/** Starts machines, as many at once as the class says. A machine that runs already is as it should be. */
export async function startSeats(run: PoolRun, seats: readonly PlannedSeat[]): Promise<void> {
  const places = new Map(seats.flatMap(({ seat }) => [[seat, run.seats.get(seat)] as const]));
  const names = [...places].flatMap(([seat, place]) => (place === undefined ? [] : [seat]));
  const { unfinished } = await runSteps(names, run.context, (seat) => startSeat(run, seat), {
    verb: "starting",
    inFlight: run.inputs.startBatch,
  });
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
}

async function startSeat(run: PoolRun, seat: string): Promise<void> {
  const place = run.seats.get(seat);
  if (place === undefined) return;
  const { node, vmid } = place;
  const isRunning = async () =>
    (await readGuestStatus(run.cluster.client, { node, vmid })).status === "running";
  await step(run, `start ${seat}`, () =>
    startTask(run.cluster.client, {
      method: "POST",
      path: "/nodes/{node}/qemu/{vmid}/status/start",
      in: { node, vmid },
      reread: async () => ((await isRunning()) ? "done" : "not-done"),
    }),
  );
}

import { runSteps } from "@coppice/clusters";
import { startGuest } from "@coppice/pve";
import { type ClassRun, fail, note, pick, step } from "../class-run/class-run.ts";

/** Starts the machines that wait for it, as many at once as the class says. */
export async function startSeats(run: ClassRun): Promise<void> {
  const waiting = [...run.seats.keys()].filter((seat) => run.exceptions.get(seat)?.unstarted === true);
  const { unfinished } = await runSteps(waiting, run.context, (seat) => startSeat(run, seat), {
    verb: "starting",
    inFlight: run.inputs.startBatch,
  });
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
}

async function startSeat(run: ClassRun, seat: string): Promise<void> {
  const { node, vmid } = pick(run.seats, seat);
  const { client } = run.cluster;
  await step(run, `start ${seat}`, () => startGuest(client, { node, vmid }));
  note(run, seat, { unstarted: undefined });
}

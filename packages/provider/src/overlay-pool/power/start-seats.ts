import { startGuest } from "@coppice/pve";
import { runSteps } from "../../resource/run-steps.ts";
import { pick } from "../run/pick.ts";
import { fail, note, type PoolRun, step } from "../run/pool-run.ts";

/** Starts the machines that wait for it, as many at once as the class says. */
export async function startSeats(run: PoolRun): Promise<void> {
  const waiting = [...run.seats.keys()].filter((seat) => run.exceptions.get(seat)?.unstarted === true);
  const { unfinished } = await runSteps(waiting, run.context, (seat) => startSeat(run, seat), {
    verb: "starting",
    inFlight: run.inputs.startBatch,
  });
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
}

async function startSeat(run: PoolRun, seat: string): Promise<void> {
  const { node, vmid } = pick(run.seats, seat);
  const { client } = run.cluster;
  await step(run, `start ${seat}`, () => startGuest(client, { node, vmid }));
  note(run, seat, { unstarted: undefined });
}

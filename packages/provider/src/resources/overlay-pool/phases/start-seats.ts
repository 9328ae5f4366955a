import { step } from "@coppice/clusters";
import { startGuest } from "@coppice/pve";
import { type ClassRun, note } from "../class-run/class-run.ts";
import { eachSeat } from "../class-run/each-seat.ts";

/** Starts the machines that wait for it, as many at once as the class says. */
export async function startSeats(run: ClassRun): Promise<void> {
  const waiting = [...run.seats].flatMap(([seat, { node, vmid }]) =>
    run.exceptions.get(seat)?.unstarted === true ? [{ seat, node, vmid }] : [],
  );
  const start = async ({ seat, node, vmid }: (typeof waiting)[number]) => {
    await step(run, `start ${seat}`, () => startGuest(run.cluster.client, { node, vmid }));
    note(run, seat, { unstarted: undefined });
  };
  await eachSeat(run, waiting, "start", start, { inFlight: run.inputs.startBatch });
}

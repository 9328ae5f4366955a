import type { Properties } from "../resource/properties.ts";
import { assertFit } from "./fitness/fitness.ts";
import type { PlannedSeat } from "./plan/plan-pool.ts";
import type { SeatPlace } from "./pool-inputs.ts";
import { recordedInputs } from "./recorded-inputs.ts";
import { openRun } from "./run/open-run.ts";
import type { RunRequest } from "./run/run-request.ts";

/**
 * What a run would do, without doing it: the same reading, plan and fitness checks. The places of all seats are
 * known; a new machine's MAC is not shown before it exists.
 */
export async function previewPool(request: RunRequest): Promise<Properties> {
  const run = await openRun(request);
  await assertFit(run);
  for (const seat of run.plan.seats) {
    if (seat.verb !== "keep") request.context.warn(describe(seat));
  }
  const wanted = run.plan.seats.filter(({ verb }) => verb !== "remove");
  const places = wanted.map(
    ({ seat, vmid, node }) => [seat, placeOf(run.seats.get(seat), vmid, node)] as const,
  );
  const { cloudInit } = recordedInputs(run.inputs);
  return {
    seats: Object.fromEntries(places),
    generation: run.inputs.base.number,
    madeBy: run.madeBy,
    ...(cloudInit && { cloudInit }),
  };
}

function placeOf(recorded: SeatPlace | undefined, vmid: number, node: string): SeatPlace {
  return { vmid, node, mac: recorded?.mac ?? "" };
}

const WORDS: Readonly<Record<PlannedSeat["verb"], string>> = {
  make: "is made",
  finish: "is finished",
  reset: "gets a fresh disk; its present one is kept for undo",
  "reset-if-untouched": "gets a fresh disk if nobody wrote to the present one",
  defer: "keeps its disk for now",
  undo: "gets its former disk back",
  change: "is changed in place",
  keep: "is kept",
  remove: "is removed with its disks",
};

function describe({ seat, verb, vmid, node, found }: PlannedSeat): string {
  const where = `${vmid} on ${node}`;
  return found
    ? `${seat}: ${where} is left from an interrupted run and is looked at`
    : `${seat}: ${where} ${WORDS[verb]}`;
}

import type { Properties, SeatPlace } from "@coppice/core";
import type { ClassRun, RunRequest } from "./class-run/class-run.ts";
import { openRun } from "./converge/open-run.ts";
import { recordedInputs } from "./inputs/recorded-inputs.ts";
import { describePlan } from "./plan/describe-plan.ts";
import { assertPossible } from "./preconditions/assert-possible.ts";

/**
 * What a run would do, without doing it: the same reading, plan and checks. The places of all seats are
 * known; a new machine's MAC is not shown before it exists.
 */
export async function previewPool(request: RunRequest): Promise<Properties> {
  const run = await openRun(request);
  await assertPossible(run);
  const { summary, warnings } = describePlan(run);
  if (summary !== "") request.context.inform(summary);
  const isMaking = run.plan.seats.some(({ verb }) => verb === "make");
  if (isMaking && isDecided(run) && run.methodReason !== undefined) request.context.inform(run.methodReason);
  for (const warning of warnings) request.context.warn(warning);
  const wanted = run.plan.seats.filter(({ verb }) => verb !== "remove");
  const places = wanted.map(
    ({ seat, vmid, node }) => [seat, placeOf(run.seats.get(seat), vmid, node)] as const,
  );
  const { cloudInit } = recordedInputs(run.inputs);
  return {
    seats: Object.fromEntries(places),
    generation: run.inputs.base.number,
    ...(isDecided(run) && { madeBy: run.madeBy }),
    ...(cloudInit && { cloudInit }),
  };
}

/** The disks of a generation that is not made yet decide what "auto" comes to. */
function isDecided({ inputs }: ClassRun): boolean {
  return inputs.base.disks.length > 0;
}

function placeOf(recorded: SeatPlace | undefined, vmid: number, node: string): SeatPlace {
  return { vmid, node, mac: recorded?.mac ?? "" };
}

import { type FreeRoom, type JsonValue, type Properties, unknownValue } from "@coppice/core";
import type { ClassRun, RunRequest } from "./class-run/class-run.ts";
import { openRun } from "./converge/open-run.ts";
import { findFolders, folderWords } from "./disks/find-folders.ts";
import { ownBytes } from "./disks/own-bytes.ts";
import { recordedInputs } from "./inputs/recorded-inputs.ts";
import { seeAway } from "./machines/see-away.ts";
import { takeVmid } from "./machines/take-vmid.ts";
import { classVerdict } from "./plan/class-verdict.ts";
import { describePlan } from "./plan/describe-plan.ts";
import { foreignWords } from "./plan/foreign-words.ts";
import { maybeOthers } from "./plan/maybe-others.ts";
import type { PlannedSeat } from "./plan/planned-class.ts";
import { sharedRanges } from "./plan/shared-ranges.ts";
import { assertPossible } from "./preconditions/assert-possible.ts";

/**
 * What a run would do, without doing it: the same reading, plan and checks. The places of all seats are
 * known; a new machine's MAC is not before it exists, and then the engine shows no outputs: so what is told here are the
 * last lines before its question.
 */
export async function previewPool(request: RunRequest): Promise<Properties> {
  const opened = await openRun(request);
  const { rooms } = await assertPossible(opened, "preview");
  const run = await withoutFolders(opened);
  await tell(run, rooms);
  const seats = run.plan.seats.filter((seat) => !isLeftover(seat));
  const places = seats.map((seat) => [seat.seat, placeOf(run, seat)] as const);
  const { cloudInit } = recordedInputs(run.inputs);
  return {
    seats: Object.fromEntries(places),
    generation: run.inputs.base.number,
    ...(isDecided(run) && { madeBy: run.madeBy }),
    ...(cloudInit && { cloudInit }),
  };
}

/** What is lost comes last: the engine's question follows. */
async function tell(planned: ClassRun, rooms: readonly FreeRoom[]): Promise<void> {
  const leaving = planned.plan.seats.filter((seat) => seat.verb === "remove" && !isLeftover(seat));
  const run = await seeAway(planned, leaving);
  const { cluster, context, inputs } = run;
  const isMaking = run.plan.seats.some(({ verb }) => verb === "make");
  const shared = isMaking ? sharedRanges(cluster, context.urn, inputs) : [];
  const asides = [...maybeOthers(run, context.urn), ...foreignWords(run), ...shared, ...passedNumbers(run)];
  for (const warning of asides) context.warn(warning);
  // Their disks are where the last run put them, wherever the class wants others now.
  const own = await ownBytes({ ...run, inputs: run.recorded ?? inputs, seats: leaving });
  context.judge(classVerdict(run, own, rooms));
  const { summary, warnings } = describePlan(run, own);
  if (summary !== "") context.inform(summary);
  if (isMaking && isDecided(run) && run.methodReason !== undefined) context.inform(run.methodReason);
  for (const warning of warnings) context.warn(warning);
}

/** The disks of a generation that is not made yet decide what "auto" comes to. */
function isDecided({ inputs }: ClassRun): boolean {
  return inputs.base.disks.length > 0;
}

/** The same run with numbers that it will come to give: those are passed over that have somebody's disks and no machine. */
async function withoutFolders(opened: ClassRun): Promise<ClassRun> {
  const passed: number[] = [];
  let run = opened;
  for (let found = await findFolders(run); found.size > 0; found = await findFolders(run)) {
    passed.push(...found);
    const renumbered = new Map<number, number>();
    for (const vmid of found) {
      const next = await takeVmid(run);
      if (next !== undefined) renumbered.set(vmid, next);
    }
    // Without another number the run will say which seats got none.
    if (renumbered.size === 0) break;
    const seats = run.plan.seats.map((seat) => ({ ...seat, vmid: renumbered.get(seat.vmid) ?? seat.vmid }));
    run = { ...run, plan: { ...run.plan, seats } };
  }
  if (passed.length > 0) run.context.warn(folderWords(run, passed));
  return run;
}

/** A first publication is not refused for its number: a program that went further may describe a class anew. */
function passedNumbers({ inputs: { base }, recorded }: ClassRun): string[] {
  if (recorded === undefined || base.number <= recorded.generation + 1) return [];
  return [
    `Generation ${base.number} follows ${recorded.generation}: no number between them was published. ` +
      `The next one is ${recorded.generation + 1}.`,
  ];
}

/** A machine that an interrupted run left is no seat that anybody knows. */
function isLeftover({ verb, found }: PlannedSeat): boolean {
  return verb === "remove" && found === true;
}

/** What is not known before the run: the card of a new machine, and whether one that leaves is gone by the end. */
function placeOf({ seats }: ClassRun, { seat, verb, vmid, node }: PlannedSeat): JsonValue {
  if (verb === "remove") return unknownValue;
  return { mac: unknownValue, ...seats.get(seat), vmid, node };
}

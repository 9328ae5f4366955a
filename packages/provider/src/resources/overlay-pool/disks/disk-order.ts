import { parseDuration, stableMark } from "@coppice/core";
import { type ClassRun, note } from "../class-run/class-run.ts";

/** How long a former disk is kept where nothing is said: seven days, as for a published generation. */
const USUAL_UNDO = "7d";

/** What led to a seat's disks: a generation, and the last reset and undo that were ordered. */
export interface DiskOrder {
  readonly generation: number;
  readonly reset?: string | undefined;
  readonly undo?: string | undefined;
}

/** The order of a reset: the class's own generation. */
export function resetOrder(run: ClassRun, seat: string): DiskOrder {
  const { reset, undo } = run.exceptions.get(seat) ?? {};
  return { generation: run.inputs.base.number, reset: run.inputs.reset?.[seat] ?? reset, undo };
}

/** The order of an undo: the generation of the former disks. */
export function undoOrder(run: ClassRun, seat: string): DiskOrder {
  const { reset, undo, former } = run.exceptions.get(seat) ?? {};
  return { generation: former?.generation ?? 0, reset, undo: run.inputs.undo?.[seat] ?? undo };
}

/** What the notes of a linked clone name from the start: the generation that it was cloned from. */
export function originOrder(run: Pick<ClassRun, "inputs">): string {
  return orderText({ generation: run.inputs.base.number });
}

/** An order as the notes of a machine name it. */
export function orderText({ generation, reset = "", undo = "" }: DiskOrder): string {
  return stableMark([String(generation), reset, undo], 10);
}

/** Notes that a seat has the disks of an order now, and could get its former ones back for as long as the class says. */
export function noteOrder(run: ClassRun, seat: string, { generation, reset, undo }: DiskOrder): void {
  const wanted = run.inputs.base.number;
  const former = {
    generation: run.exceptions.get(seat)?.generation ?? wanted,
    until: run.context.clock.now() + parseDuration(run.inputs.publish?.undoFor ?? USUAL_UNDO),
  };
  note(run, seat, {
    generation,
    former,
    unfinished: undefined,
    declined: generation === wanted ? undefined : wanted,
    reset,
    undo,
  });
}

import { CoppiceError, type ErrorCode } from "@coppice/core";
import type { ClassRun } from "../class-run/class-run.ts";

/** What a refused run would have done, as the refusal begins. */
export function cannot({ inputs, plan }: Pick<ClassRun, "inputs" | "plan">): string {
  const isMaking = plan.seats.some(({ verb }) => verb === "make");
  return `The seats of class '${inputs.class}' cannot be ${isMaking ? "made" : "changed"}`;
}

/** The refusal of a run before it has changed anything. */
export function refusal(
  run: Pick<ClassRun, "inputs" | "plan">,
  code: ErrorCode & `pool.${string}`,
  why: string,
  wayOut: string,
): CoppiceError {
  return new CoppiceError(code, { what: cannot(run), why, wayOut });
}

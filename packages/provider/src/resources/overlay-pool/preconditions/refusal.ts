import { CoppiceError, type ErrorCode } from "@coppice/core";
import type { ClassRun } from "../class-run/class-run.ts";

/** The refusal of a run before it has changed anything. */
export function refusal(
  { inputs, plan }: Pick<ClassRun, "inputs" | "plan">,
  code: ErrorCode & `pool.${string}`,
  why: string,
  wayOut: string,
): CoppiceError {
  const isMaking = plan.seats.some(({ verb }) => verb === "make");
  const what = `The seats of class '${inputs.class}' cannot be ${isMaking ? "made" : "changed"}`;
  return new CoppiceError(code, { what, why, wayOut });
}

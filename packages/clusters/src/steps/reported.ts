import type { Progress } from "@coppice/core";
import type { StepContext } from "./step.ts";

/** A piece of work as {@link reported} tells of it. */
export type ReportedWork = Pick<Progress, "verb" | "item" | "node"> & {
  /** How many items it is done to in one. */
  readonly all?: number;
};

/** Does a piece of work, and reports that it has begun and how it ended. */
export async function reported<Result>(
  context: Pick<StepContext, "report">,
  { all, ...what }: ReportedWork,
  work: () => Promise<Result>,
): Promise<Result> {
  const share = (done: number) => (all === undefined ? {} : { share: { done, all } });
  const ended = share(all ?? 0);
  context.report({ ...what, phase: "begun", ...share(0) });
  try {
    const result = await work();
    context.report({ ...what, phase: "done", ...ended });
    return result;
  } catch (error) {
    context.report({ ...what, phase: "failed", ...ended });
    throw error;
  }
}

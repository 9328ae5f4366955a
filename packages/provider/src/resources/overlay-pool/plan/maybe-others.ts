import { stackOf } from "@coppice/clusters";
import type { PlannedClass } from "./planned-class.ts";

/**
 * Warns before a first run goes on with machines that carry its mark: where the state's home has no id, one of the same
 * project and stack elsewhere has the same marks, and its living class looks like what an interrupted run left.
 */
export function maybeOthers(
  { inputs, recorded, plan }: Pick<PlannedClass, "inputs" | "recorded" | "plan">,
  urn: string,
): string[] {
  const count = plan.seats.filter(({ found }) => found === true).length;
  if (recorded !== undefined || count === 0 || stackOf(urn).origin !== undefined) return [];
  const machines = count === 1 ? "1 machine with its mark stands" : `${count} machines with its mark stand`;
  return [
    `This state knows nothing of class '${inputs.class}', and ${machines} there. If no run from this state was interrupted, ` +
      "another state of the same project and stack made them, on another computer or in another folder: do not go on, use that one.",
  ];
}

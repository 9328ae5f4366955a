import type { Properties } from "@coppice/core";
import type { StepEvent } from "../events/engine-event.ts";

/** What steps of one resource say of it together: what is wanted, and what is told of it besides. */
export function toldValues(steps: readonly StepEvent[]): Properties {
  return steps.reduce<Properties>((known, { inputs, outputs }) => ({ ...known, ...inputs, ...outputs }), {});
}

import type { ObservedCluster } from "@coppice/clusters";
import type { OverlayPoolInputs, OverlayPoolState } from "../inputs/class-inputs.ts";
import type { ClassPlan } from "./plan-class.ts";

/** A class before a run: what is wanted, what was recorded, what was seen, and what that comes to. */
export interface PlannedClass {
  readonly inputs: OverlayPoolInputs;
  /** What the last run recorded; undefined for a new class. */
  readonly recorded: OverlayPoolState | undefined;
  readonly observed: ObservedCluster;
  readonly plan: ClassPlan;
}

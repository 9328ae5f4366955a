import type { OpenCluster, StepHook } from "@coppice/clusters";
import type { ResourceContext } from "../../../kit/resource-context.ts";
import type { OverlayPoolInputs, OverlayPoolState } from "../inputs/class-inputs.ts";

/** What a run is opened with. */
export interface RunRequest {
  readonly inputs: OverlayPoolInputs;
  readonly recorded?: OverlayPoolState | undefined;
  readonly cluster: OpenCluster;
  readonly context: ResourceContext;
  readonly hook?: StepHook;
}

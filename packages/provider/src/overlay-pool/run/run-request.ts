import type { ResourceContext } from "../../resource/resource-context.ts";
import type { PoolCluster } from "../node/pool-cluster.ts";
import type { OverlayPoolInputs, OverlayPoolState } from "../pool-inputs.ts";
import type { StepHook } from "./pool-run.ts";

/** What a run is opened with. */
export interface RunRequest {
  readonly inputs: OverlayPoolInputs;
  readonly recorded?: OverlayPoolState | undefined;
  readonly cluster: PoolCluster;
  readonly context: ResourceContext;
  readonly hook?: StepHook;
}

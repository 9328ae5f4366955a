import type { RenewalArgs, SeatsArgs } from "../seats/seats-args.ts";

/** Arguments of `OverlayVmPool`. */
export interface OverlayVmPoolArgs extends SeatsArgs {
  /**
   * Number of the generation that {@link SeatsArgs.template} is. Raise it when the template is another one:
   * a generation never changes. @default 1
   */
  readonly generation?: number;
  /** What a new generation does to the machines there are; they wait when absent. For example `{ policy: "reset" }`. */
  readonly renewal?: RenewalArgs;
}

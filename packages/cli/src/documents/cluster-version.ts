import type { StackVersion } from "@coppice/engine";

/** A version of what documents made on a cluster: of one of its stacks. */
export interface ClusterVersion extends StackVersion {
  /** Which of the stacks was changed. */
  readonly project: string;
}

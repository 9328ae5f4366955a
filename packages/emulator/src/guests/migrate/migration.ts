import type { Node } from "../../cluster/node.ts";
import type { PowerJob } from "../power/start-guest.ts";

/** A machine on its way to another node. */
export interface Migration extends PowerJob {
  readonly target: Node;
  readonly running: boolean;
  readonly withLocalDisks: boolean;
  /** `targetstorage`: one storage for all, or pairs; undefined keeps each. */
  readonly storageOf: (storage: string) => string;
}

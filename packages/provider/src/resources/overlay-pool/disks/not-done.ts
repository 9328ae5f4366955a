import type { NodeAnswer } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";

/** What a node's answer says of a seat whose files it did not bring to what was ordered; undefined: it gave none. */
export function notDone(node: string, answer: NodeAnswer | undefined): CoppiceError {
  return new CoppiceError("pool.node-program", {
    what: `Node '${node}' did not do its part`,
    why: answer?.detail ?? "it gave no answer",
  });
}

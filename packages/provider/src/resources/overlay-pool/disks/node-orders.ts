import type { NodeAnswer, NodeOrder } from "@coppice/clusters";
import { CoppiceError, type Generation, type GenerationCopy } from "@coppice/core";
import { isCopied } from "../seat/seat-disks.ts";

/** The orders that tell the program on the node what overlays stand on. */
export function baseOrders(base: Generation, copy: GenerationCopy): NodeOrder[] {
  return base.disks.map(({ slot, format }) => {
    const kind = isCopied(slot) ? "copy" : "overlay";
    return ["base", slot, kind, format, copy.vmid, copy.files[slot] ?? ""];
  });
}

/** What a node's answer says of a seat whose files it did not bring to what was ordered; undefined: it gave none. */
export function notDone(node: string, answer: NodeAnswer | undefined): CoppiceError {
  return new CoppiceError("pool.node-program", {
    what: `Node '${node}' did not do its part`,
    why: answer?.detail ?? "it gave no answer",
  });
}

import type { NodeOrder } from "@coppice/clusters";
import type { Generation, GenerationCopy } from "@coppice/core";
import { isCopied } from "../seat/seat-disks.ts";

/** The orders that tell the program on the node what overlays stand on. */
export function baseOrders(base: Generation, copy: GenerationCopy): NodeOrder[] {
  return base.disks.map(({ slot, format }) => {
    const kind = isCopied(slot) ? "copy" : "overlay";
    return ["base", slot, kind, format, copy.vmid, copy.files[slot] ?? ""];
  });
}

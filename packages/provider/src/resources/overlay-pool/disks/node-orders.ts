import { type NodeAnswer, type NodeOrder, reportSeat, type StepContext } from "@coppice/clusters";
import { CoppiceError, type Generation, type GenerationCopy } from "@coppice/core";
import { isCopied } from "../seat/seat-disks.ts";

/** The orders that tell the program on the node what overlays stand on. */
export function baseOrders(base: Generation, copy: GenerationCopy): NodeOrder[] {
  return base.disks.map(({ slot, format }) => {
    const kind = isCopied(slot) ? "copy" : "overlay";
    return ["base", slot, kind, format, copy.vmid, copy.files[slot] ?? ""];
  });
}

/** Why a seat's files were not brought to what was ordered. */
export function notDone(node: string, answer: NodeAnswer | undefined): CoppiceError {
  if (answer?.error !== undefined) return answer.error;
  const why = answer?.detail ?? "it gave no answer";
  return new CoppiceError("pool.node-program", { what: `Node '${node}' did not do its part`, why });
}

/** Tells of each seat whose disks are made as the node says so. */
export function tellDisks(
  context: Pick<StepContext, "report">,
  node: string,
  all: number,
): (answer: NodeAnswer) => void {
  const tally = { done: 0, all };
  return ({ key, word }) => {
    // Whose number somebody else has taken is made under another one.
    if (word === "taken") return;
    reportSeat(context, {
      verb: "make-disks",
      phase: word === "ok" ? "done" : "failed",
      seat: key,
      node,
      tally,
    });
  };
}

import {
  type Amounts,
  addAmounts,
  type GenerationContents,
  generationDemand,
  isList,
  isProperties,
  noAmounts,
  type Properties,
  readOverlayPoolState,
  recordedSeatsOf,
  seatsDemand,
} from "@coppice/core";
import { type Description, documentKey } from "../documents/description.ts";
import type { StackRecord } from "../stack/read-stack.ts";
import type { RecordedPart } from "../stack/recorded-stack.ts";
import { partTypes } from "./part-types.ts";

/** Whether a machine exists; what is recorded may have lost it. */
export type IsThere = (vmid: number) => boolean;

const always: IsThere = () => true;

/**
 * What a stack has of one document now, all of it at its worst; nothing of what it does not have.
 *
 * @example demandOfRecorded(await readStack(parts, name), { kind: "LabClass", name: "lab" })
 */
export function demandOfRecorded(
  { documents }: Pick<StackRecord, "documents">,
  document: Pick<Description, "kind" | "name">,
  isThere: IsThere = always,
): Amounts {
  const own = documents.find((each) => documentKey(each) === documentKey(document));
  return addAmounts(...(own?.parts ?? []).map((part) => recordedDemand(part, isThere)));
}

/** What one recorded resource has. */
export function recordedDemand({ type, outputs }: RecordedPart, isThere: IsThere = always): Amounts {
  // One that a run was killed in making has recorded nothing.
  if (type === partTypes.pool && isProperties(outputs["base"]) && isProperties(outputs["seats"]))
    return seatsDemand(recordedSeatsOf(readOverlayPoolState(outputs), isThere));
  if (type !== partTypes.generation) return noAmounts;
  const { copies, ...contents } = generationContents(outputs);
  const there = Object.entries(copies).filter(([, copy]) => isCopyThere(copy, isThere));
  return generationDemand({ ...contents, copies: Object.fromEntries(there) });
}

/** A generation as far as it takes something, whatever else is said of it. */
export function generationContents({ owned, copies, disks }: Properties): GenerationContents {
  const sizes = (isList(disks) ? disks : []).flatMap((disk) => {
    const size = isProperties(disk) ? disk["size"] : undefined;
    return typeof size === "number" ? [{ size }] : [];
  });
  return { owned: owned === true, copies: isProperties(copies) ? copies : {}, disks: sizes };
}

function isCopyThere(copy: unknown, isThere: IsThere): boolean {
  const vmid = typeof copy === "object" && copy !== null && "vmid" in copy ? copy.vmid : undefined;
  return typeof vmid !== "number" || isThere(vmid);
}

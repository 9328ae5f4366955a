import { type Amounts, changeDemand, noAmounts } from "@coppice/core";
import { demandOfRecorded } from "../demand/recorded-demand.ts";
import type { Description } from "../documents/description.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";
import type { TenantMember } from "./tenant-use.ts";

/** Who asks. */
export interface Asker {
  readonly document: Pick<Description, "kind" | "name">;
  /** What it comes to at most while it is worked on; undefined where nothing is asked for. */
  readonly peak: Amounts | undefined;
  /** What its stack has. */
  readonly recorded: readonly RecordedDocument[];
}

/**
 * What a document asks for beyond what it has. A machine that was lost does not count in `tenantUsed`: it is asked for again.
 *
 * @param members of the tenant's pool; undefined where nothing limits it, or nobody could read them
 */
export function askedAmounts(
  { document, peak, recorded }: Asker,
  members: readonly TenantMember[] | undefined,
): Amounts {
  if (peak === undefined) return noAmounts;
  const there = members && new Set(members.map(({ vmid }) => vmid));
  const isThere = (vmid: number): boolean => there?.has(vmid) ?? true;
  return changeDemand(demandOfRecorded({ documents: recorded }, document, isThere), peak);
}

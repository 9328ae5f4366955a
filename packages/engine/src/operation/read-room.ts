import { type Amounts, noAmounts } from "@coppice/core";
import type { RequestReading } from "@coppice/database";
import type { Description } from "../documents/description.ts";
import { askedAmounts } from "../ledger/asked-amounts.ts";
import { tenantUsed } from "../ledger/tenant-use.ts";
import type { OperationParts } from "./operation-parts.ts";
import type { StackPlan } from "./stack-plan.ts";

/** What asks for room. */
export interface RoomQuestion {
  readonly plan: Pick<StackPlan, "tenant" | "cluster" | "recorded" | "given">;
  readonly document: Pick<Description, "kind" | "name">;
  /** What it comes to at most while it is worked on; undefined where nothing is asked for. */
  readonly peak: Amounts | undefined;
  /** What is to go is not limited. */
  readonly isRemoval: boolean;
}

/** Reads for the ledger what a tenant may use and uses, and by the same look at its pool what a document of it lacks. */
export async function readRoom(
  parts: Pick<OperationParts, "tenantUse">,
  { plan, document, peak, isRemoval }: RoomQuestion,
  signal: AbortSignal,
): Promise<RequestReading> {
  const { tenant = "", cluster, recorded, given } = plan;
  const use = isRemoval ? undefined : await parts.tenantUse({ cluster, tenant }, signal);
  const asked = askedAmounts({ document, peak, recorded }, use?.members);
  if (use === undefined) return { limits: {}, used: noAmounts, asked };
  return { limits: use.limits, used: tenantUsed(use.members, { recorded, given }), asked };
}

import type { QuotaVerdict } from "@coppice/core";
import type { Refusal } from "../../changes/change-verdict.ts";
import type { UnknownDemand } from "../../demand/planned-demand.ts";

/** Whether what the documents of one tenant ask for together fits its limits. */
export interface TenantQuotaVerdict {
  readonly tenant: string;
  readonly cluster: string;
  /** Absent where nothing limits the tenant, or nobody could tell. */
  readonly verdict?: QuotaVerdict;
  /** What is asked for and not known before the run. */
  readonly unknown: readonly UnknownDemand[];
  /** Why it is refused, or could not be told; absent where our resources have said so already. */
  readonly refusal?: Refusal;
}

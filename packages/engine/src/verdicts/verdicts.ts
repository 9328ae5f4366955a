import type { CostVerdict } from "./cost/cost-verdict.ts";
import type { Digest } from "./digest/digest.ts";
import type { TenantQuotaVerdict } from "./quota/tenant-quota.ts";
import type { RiskVerdict } from "./risk/terms/risk-verdict.ts";

/** What is to be known of an operation beside what it changes, before anybody agrees to it. */
export interface Verdicts {
  /** Whether it fits the limits of each tenant that it concerns. */
  readonly quota: readonly TenantQuotaVerdict[];
  /** What it costs; absent where nobody says a price. */
  readonly cost?: CostVerdict;
  /** What it risks. */
  readonly risk: RiskVerdict;
  /** Of what all this was made. */
  readonly digest: Digest;
}

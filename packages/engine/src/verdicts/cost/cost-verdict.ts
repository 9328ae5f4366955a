import type { Forecast } from "@coppice/core";
import type { Refusal } from "../../changes/change-verdict.ts";
import type { UnknownDemand } from "../../demand/planned-demand.ts";

/**
 * What documents cost once what is shown has been done. One that is refused costs what it costs now, and is left out where it
 * is not there yet; what goes costs nothing more, which is in what is less than now.
 */
export interface CostVerdict {
  readonly documents: readonly DocumentCost[];
  /** All together; absent where nothing has a price. */
  readonly total?: Forecast;
  /** Tenants whose plan is not among the documents that were given: what is theirs has no price here. */
  readonly unpriced: readonly UnpricedTenant[];
  /** What takes something and is not known before the run: it is in none of the figures. */
  readonly unknown: readonly UnknownDemand[];
  /** Why nothing can be said. */
  readonly refusal?: Refusal;
}

/** What one document costs, by the plan of whoever pays. */
export interface DocumentCost {
  readonly kind: string;
  readonly name: string;
  readonly cluster: string;
  readonly tenant?: string;
  readonly plan: string;
  readonly forecast: Forecast;
}

/** A tenant, and the plan that it pays by. */
export interface UnpricedTenant {
  readonly tenant: string;
  readonly cluster: string;
  readonly plan: string;
}

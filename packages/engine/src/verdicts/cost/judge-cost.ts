import {
  CoppiceError,
  forecast,
  type PriceList,
  parseInstant,
  planType,
  readPlan,
  withDefaults,
} from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import type { JudgedDocument } from "../judged/judged-document.ts";
import type { CostVerdict, DocumentCost, UnpricedTenant } from "./cost-verdict.ts";
import { type PlanOf, plansOf } from "./plan-of.ts";
import type { PaidTenant } from "./read-paid-tenants.ts";
import { payerWords, pricing, totalOf } from "./total-of.ts";

/** What is to be priced. */
export interface CostQuestion {
  readonly given: readonly SpecDocument[];
  /** As they are once what is shown has been done; also those that are gone then. */
  readonly documents: readonly JudgedDocument[];
  readonly tenants: readonly PaidTenant[];
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** What documents will cost; undefined where nobody says a price. */
export function judgeCost({ given, documents, tenants, now }: CostQuestion): CostVerdict | undefined {
  const planOf = plansOf(pricesIn(given), tenants);
  const unpriced = documents.flatMap((each) => unpricedOf(each, planOf));
  const nothing = { documents: [], unpriced: eachOnce(unpriced), unknown: [] };
  try {
    const costs = documents.flatMap((each) => costOf(each, planOf, now));
    const total = totalOf(costs);
    if (total === undefined && unpriced.length === 0) return undefined;
    const priced = documents.filter((each) => isPriced(planOf(each)));
    const unknown = priced.flatMap(({ demand }) => demand.unknown);
    return { ...nothing, documents: costs, unknown, ...(total && { total }) };
  } catch (error) {
    if (!CoppiceError.is(error)) throw error;
    return { ...nothing, refusal: { message: error.message, code: error.code } };
  }
}

/** The plans that were given, as they are reckoned with. */
export function pricesIn(given: readonly SpecDocument[]): PriceList[] {
  return given.flatMap(({ kind, name, inputs }) =>
    kind === "Plan" ? [readPlan(name, withDefaults(planType, inputs))] : [],
  );
}

function costOf(document: JudgedDocument, planOf: PlanOf, now: number): DocumentCost[] {
  const prices = planOf(document);
  if (!isPriced(prices)) return [];
  const { kind, name, cluster, tenant, demand } = document;
  const expires = endOf(document, now);
  const ends = expires === undefined ? {} : { expires };
  const cost = pricing(payerWords(document), () =>
    forecast({ prices, now, demand: demand.after, before: demand.before, ...ends }),
  );
  const whose = tenant === undefined ? {} : { tenant };
  return [{ kind, name, cluster, ...whose, plan: prices.plan, forecast: cost }];
}

/** What goes ends now, whenever it was to. */
function endOf({ verdict, inputs: { expires } }: JudgedDocument, now: number): number | undefined {
  if (verdict.change === "delete") return now;
  return typeof expires === "string" ? parseInstant(expires, "end") : undefined;
}

function isPriced(plan: ReturnType<PlanOf>): plan is PriceList {
  return plan !== undefined && !("missing" in plan);
}

function unpricedOf({ tenant, cluster }: JudgedDocument, planOf: PlanOf): UnpricedTenant[] {
  const plan = planOf({ tenant, cluster });
  return tenant !== undefined && plan !== undefined && "missing" in plan
    ? [{ tenant, cluster, plan: plan.missing }]
    : [];
}

function eachOnce(unpriced: readonly UnpricedTenant[]): UnpricedTenant[] {
  return [...new Map(unpriced.map((each) => [`${each.cluster} ${each.tenant}`, each])).values()];
}

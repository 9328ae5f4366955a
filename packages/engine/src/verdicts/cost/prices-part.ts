import { sortedBy } from "../digest/sorted-by.ts";
import { tenantQuotas } from "../judged/tenant-quotas.ts";
import type { CostQuestion } from "./judge-cost.ts";
import { pricesIn } from "./judge-cost.ts";

/**
 * What decides what something costs, and nothing that changes as time goes by: the plans, which of their versions counts
 * now, and who pays by which.
 */
export function pricesPart({ given, documents, tenants, now }: CostQuestion): object {
  const plans = pricesIn(given).map(({ plan, currency, stopped, versions }) => ({
    plan,
    currency,
    stopped,
    current: versions.findLast(({ from }) => from <= now)?.from,
    versions: versions.map(({ from, rates }) => ({ from, rates: mapped(rates) })),
  }));
  const named = new Map(
    documents.flatMap(({ cluster, tenant }) =>
      tenant !== undefined ? [[`${cluster} ${tenant}`, { tenant, cluster }] as const] : [],
    ),
  );
  const payers = [...named.values()].map((payer) => ({
    ...payer,
    plan: tenantQuotas(tenants, payer).at(0)?.inputs["plan"],
  }));
  return {
    plans: sortedBy(plans, ({ plan }) => [plan]),
    payers: sortedBy(payers, ({ tenant, cluster }) => [tenant, cluster]),
  };
}

/** JSON has no large whole numbers. */
function mapped(rates: object): object {
  return Object.fromEntries(Object.entries(rates).map(([name, rate]) => [name, String(rate)]));
}

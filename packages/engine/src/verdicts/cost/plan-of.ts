import type { PriceList } from "@coppice/core";
import { tenantQuotas } from "../judged/tenant-quotas.ts";
import type { PaidTenant } from "./read-paid-tenants.ts";

/** Whose machines something are. */
interface Payer {
  readonly tenant: string | undefined;
  readonly cluster: string;
}

/** By what plan somebody pays. */
export type PlanOf = (payer: Payer) => PriceList | { readonly missing: string } | undefined;

/**
 * Tells by what plan somebody pays: a tenant by that which its TenantQuota names, whoever says of none by the only one that
 * is given. Where nobody says, nothing has a price.
 */
export function plansOf(prices: readonly PriceList[], tenants: readonly PaidTenant[]): PlanOf {
  const [only, ...others] = prices;
  const usual = others.length === 0 ? only : undefined;
  return ({ tenant, cluster }) => {
    if (tenant === undefined) return usual;
    const [quota] = tenantQuotas(tenants, { tenant, cluster });
    // A tenant that a program made: who gives a plan with its documents means them to have a price.
    if (quota === undefined) return usual;
    const name = quota.inputs["plan"];
    if (typeof name !== "string") return undefined;
    return prices.find(({ plan }) => plan === name) ?? { missing: name };
  };
}

import { type Amounts, type Limits, noAmounts, readLimits, type TenantLimits } from "@coppice/core";
import type { PolicyConfigSchema } from "@pulumi/policy";

/** By cluster, what concerns each of its tenants. */
type OfTenants = Readonly<Record<string, Readonly<Record<string, TenantLimits>>>>;

/** What the pack is configured with. */
export interface QuotaSettings {
  readonly limits?: OfTenants;
  readonly used?: OfTenants;
}

type Schema = PolicyConfigSchema["properties"][string];

const size: Schema = { type: "string", pattern: "^[0-9]+(\\.[0-9]+)?(MiB|GiB|TiB)$" };
const count: Schema = { type: "integer", minimum: 0 };

const ofTenants = (description: string): Schema => ({
  type: "object",
  description,
  additionalProperties: {
    type: "object",
    additionalProperties: {
      type: "object",
      minProperties: 1,
      properties: { machines: count, cores: count, memory: size, storage: size },
      additionalProperties: false,
    },
  },
});

/** Those settings, as Pulumi checks them. */
export const quotaSchema: PolicyConfigSchema["properties"] = {
  limits: ofTenants(
    "By cluster and tenant, what the tenant may use at most; before what a stack says itself.",
  ),
  used: ofTenants("By cluster and tenant, what it uses outside of this stack; nothing when absent."),
};

/** Whose limits count where. */
export interface Account {
  readonly cluster: string;
  readonly tenant: string;
}

/** A key for what concerns a tenant on a cluster. */
export function accountKey({ cluster, tenant }: Account): string {
  return `${cluster}/${tenant}`;
}

/** The limits that the configuration sets for a tenant; undefined where it sets none. */
export function limitsFrom({ limits }: QuotaSettings, { cluster, tenant }: Account): Limits | undefined {
  const found = limits?.[cluster]?.[tenant];
  return found && readLimits(found);
}

/** What the configuration says that a tenant uses elsewhere. */
export function usedFrom({ used }: QuotaSettings, { cluster, tenant }: Account): Amounts {
  return { ...noAmounts, ...readLimits(used?.[cluster]?.[tenant] ?? {}) };
}

import type { Kind } from "../description/kind.ts";
import type { TenantQuotaInputs } from "./generated/inputs.ts";
import { tenantFields, tenantOutputs } from "./tenant-fields.ts";

/** A tenant of a cluster: its pool with limits, its rights and its token. */
export const tenantQuotaKind: Kind<TenantQuotaInputs> = {
  name: "TenantQuota",
  sentence:
    "A tenant of a cluster: a Proxmox pool of its own with limits that hold, and rights and a token that reach no further.",
  example: `const acme = new TenantQuota("acme", {
  limits: { machines: 40, cores: 120, memory: "256GiB", storage: "2TiB" },
  templates: [9000],
  storages: ["nas"],
});`,
  named: "tenant",
  fields: tenantFields,
  outputs: tenantOutputs,
};

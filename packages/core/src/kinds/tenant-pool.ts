import type { Kind } from "../description/kind.ts";
import type { TenantPoolInputs } from "./generated/inputs.ts";
import { tenantFields, tenantOutputs } from "./tenant-fields.ts";

const { cluster, ...said } = tenantFields;

/** What Proxmox keeps of a tenant. */
export const tenantPoolKind: Kind<TenantPoolInputs> = {
  name: "TenantPool",
  sentence:
    "What Proxmox keeps of a tenant: its pool with the mark of its limits, role, group, rights, user and token.",
  example: `const acme = new TenantPool("acme", {
  tenant: "acme",
  limits: { machines: 40, cores: 120, memory: "256GiB", storage: "2TiB" },
  templates: [9000],
  storages: ["nas"],
});`,
  fields: {
    cluster,
    tenant: {
      kind: "text",
      name: "tenant",
      sentence: "The tenant, whose pool gets the same name.",
      required: true,
      replaces: true,
      example: "acme",
    },
    ...said,
  },
  outputs: {
    ...tenantOutputs,
    drift: {
      kind: "list",
      items: { kind: "text" },
      sentence: "What somebody changed of it beside what is said above; the next run puts it right.",
    },
  },
};

import { LabClass, TenantQuota } from "@coppice/components";
import { Config } from "@pulumi/pulumi";

const config = new Config();
const template = config.getNumber("template") ?? 9000;
const storage = config.get("storage") ?? "nas";

const acme = new TenantQuota("acme", {
  limits: { machines: 40, cores: 120, memory: "256GiB", storage: "2TiB" },
  templates: [template],
  storages: [storage],
  bridges: ["vmbr0"],
});

// The tenant is named by its name, so that a preview knows whose limits count; `dependsOn` makes it first and removes it last.
const lab = new LabClass(
  "networks-101",
  {
    tenant: "acme",
    template: { vmid: template },
    seats: 3,
    storage,
    vmids: { from: 40000, to: 40099 },
    expires: "2099-02-28",
  },
  { dependsOn: [acme] },
);

/** Where every machine is. */
export const { seats } = lab;

/** The token that reaches no further than the tenant, and its secret, which stays one. */
export const token = { id: acme.tokenId, secret: acme.tokenSecret };

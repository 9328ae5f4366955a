import { PolicyPack } from "@pulumi/policy";
import { policyFrom } from "./policy-from.ts";
import { bridgesRule } from "./rules/bridges-rule.ts";
import { expiresRule } from "./rules/expires-rule.ts";
import { rootOptionsRule } from "./rules/root-options-rule.ts";
import { storagesRule } from "./rules/storages-rule.ts";
import { tagsRule } from "./rules/tags-rule.ts";
import { templatesRule } from "./rules/templates-rule.ts";
import { tenantRule } from "./rules/tenant-rule.ts";

new PolicyPack("coppice-baseline", {
  description: "What every class on Proxmox VE has to say and may use.",
  policies: [
    policyFrom(tenantRule),
    policyFrom(tagsRule),
    policyFrom(expiresRule),
    policyFrom(bridgesRule),
    policyFrom(storagesRule),
    policyFrom(templatesRule),
    policyFrom(rootOptionsRule),
  ],
});

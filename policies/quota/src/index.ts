import { PolicyPack } from "@pulumi/policy";
import { tenantLimits } from "./tenant-limits.ts";

new PolicyPack("coppice-quota", {
  description: "What tenants may use on Proxmox VE at most.",
  policies: [tenantLimits()],
});

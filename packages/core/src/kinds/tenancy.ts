import type { Fields } from "../description/field.ts";
import { instantPattern } from "../values/instant.ts";

/** Whose something is. It decides what limits count, so that it is known before every run. */
export const tenantField = {
  kind: "text",
  name: "tenant",
  sentence:
    "The tenant whose machines they are: they become members of its Proxmox pool, count against its limits, and carry the tag `tenant-<name>`.",
  example: "acme",
} as const satisfies Fields[string];

/** How long something is needed. */
export const expiresField = {
  kind: "text",
  pattern: instantPattern,
  sentence:
    "Until when it is needed: a day, which counts to its end in UTC, or a time. Nothing is removed by it; what it costs until then is told beforehand.",
  example: "2027-02-28",
} as const satisfies Fields[string];

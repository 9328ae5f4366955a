import type { ParamSpec } from "./param-table.ts";

/** Facts about parameters that many routes share. */
export const commonParams = {
  node: { type: "string" },
  vmid: { type: "integer", format: "pve-vmid", minimum: 100, maximum: 999999999 },
  userid: { type: "string", format: "pve-userid", maxLength: 64 },
  tokenid: { type: "string", pattern: "[A-Za-z][A-Za-z0-9.\\-_]+" },
  groupid: { type: "string", format: "pve-groupid" },
  roleid: { type: "string", format: "pve-roleid" },
  realm: { type: "string", format: "pve-realm", maxLength: 32 },
  poolid: { type: "string", format: "pve-poolid" },
  text: { type: "string", optional: true },
  flag: { type: "boolean", optional: true },
  expire: { type: "integer", minimum: 0, optional: true },
  digest: { type: "string", maxLength: 64, optional: true },
} as const satisfies Readonly<Record<string, ParamSpec>>;

/** The same specification, but not required. */
export function optional(spec: ParamSpec): ParamSpec {
  return { ...spec, optional: true };
}

import type { Fields, TextShape } from "../description/field.ts";
import { bridge } from "./machine.ts";
import { placeFields, storageId, vmid, vmids } from "./place-fields.ts";
import { tenantLimits } from "./tenant-limits.ts";

/** Who signs in, with the realm; as pve-access-control checks it (AccessControl.pm, `verify_username`), without its rarest. */
const userId: TextShape = {
  kind: "text",
  pattern: {
    form: /^[\w.+@-]+@[A-Za-z][\w.-]+$/,
    outside: "not a Proxmox user",
    wayOut: 'write the name with its realm, like "ada@pve"',
  },
};

/** What is said of a tenant, beside its name. */
export const tenantFields = {
  cluster: placeFields.cluster,
  limits: {
    kind: "record",
    type: tenantLimits,
    sentence: "What the tenant may use at most on this cluster.",
    required: true,
    example: { machines: 40, cores: 120, memory: "256GiB", storage: "2TiB" },
  },
  plan: {
    kind: "text",
    name: "plan",
    sentence: "Name of the plan whose prices count; nothing is priced when absent.",
    example: "campus",
  },
  templates: {
    kind: "list",
    items: vmid,
    sentence: "Templates that the tenant may make machines from, by number.",
    example: [9000],
  },
  storages: {
    kind: "list",
    items: storageId,
    sentence: "Storages that the tenant's disks may lie on.",
    example: ["nas"],
  },
  vmids: {
    kind: "record",
    type: vmids,
    sentence: "Numbers that are set aside for the tenant's machines; Proxmox holds nobody to them.",
    example: { from: 20_000, to: 29_999 },
  },
  nodes: {
    kind: "list",
    items: { kind: "text" },
    sentence:
      "Nodes that are meant for the tenant's machines; all when absent. Proxmox holds nobody to them.",
    example: ["pve1", "pve2"],
  },
  bridges: {
    kind: "list",
    items: bridge,
    sentence: "Bridges and vnets that the tenant's machines may be connected to.",
    example: ["vmbr0"],
  },
  members: {
    kind: "list",
    items: userId,
    sentence: "Proxmox users who may use the tenant's machines.",
    example: ["ada@pve"],
  },
} as const satisfies Fields;

/** What is made known of a tenant. */
export const tenantOutputs = {
  pool: { kind: "text", sentence: "The tenant's Proxmox pool.", required: true },
  tokenId: {
    kind: "text",
    sentence: "The tenant's own API token without its secret: `user@realm!name`.",
    required: true,
  },
  tokenSecret: { kind: "text", sentence: "The token's secret.", required: true, secret: true },
} as const satisfies Fields;

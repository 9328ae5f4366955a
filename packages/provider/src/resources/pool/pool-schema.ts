import type { PropertySchema, ResourceSchema } from "../../kit/resource-schema.ts";

const properties = {
  cluster: { type: "string", description: "The configured cluster.", required: true, replaces: true },
  poolid: { type: "string", description: "The pool's id.", required: true, replaces: true },
  comment: { type: "string", description: "What the pool is for." },
} as const satisfies Readonly<Record<string, PropertySchema>>;

/** A resource pool of Proxmox VE. */
export const poolSchema: ResourceSchema = {
  name: "Pool",
  description: "A resource pool of Proxmox VE: groups guests and storages for permissions.",
  inputs: { ...properties, cluster: { ...properties.cluster, required: false } },
  outputs: properties,
};

import type { PropertySchema, ResourceSchema } from "../../kit/resource-schema.ts";

const vmidRange: PropertySchema = {
  type: "object",
  description: "The class's own numbers, both ends included.",
  required: true,
  fields: {
    from: { type: "integer", description: "First number.", required: true },
    to: { type: "integer", description: "Last number.", required: true },
  },
};

const inputs: ResourceSchema["inputs"] = {
  cluster: { type: "string", description: "Name of the configured cluster.", required: true, replaces: true },
  class: { type: "string", description: "Name of the class.", required: true, replaces: true },
  number: {
    type: "integer",
    description: "Number of the generation, from 1.",
    required: true,
    replaces: true,
  },
  source: {
    type: "integer",
    description: "Vmid of a template or of a stopped machine.",
    required: true,
    replaces: true,
  },
  storage: {
    type: "string",
    description: "Storage that carries the seats' disks.",
    required: true,
    replaces: true,
  },
  vmids: vmidRange,
  nodes: {
    type: "array",
    description: "Nodes that seats will be on; all when absent.",
    items: { type: "string", description: "A node." },
  },
  pool: { type: "string", description: "An existing Proxmox pool for copies that Coppice makes." },
};

/** What a `BaseGeneration` is, as data. */
export const baseGenerationSchema: ResourceSchema = {
  name: "BaseGeneration",
  description: "An immutable, numbered base of a class: a template's disks that overlays stand on.",
  inputs,
  outputs: {
    ...inputs,
    shared: { type: "boolean", description: "Whether one copy serves every node.", required: true },
    owned: {
      type: "boolean",
      description: "Whether Coppice made it; otherwise it is the template itself.",
      required: true,
    },
    copies: {
      type: "object",
      description: "By node, the template that carries the generation.",
      required: true,
      values: { type: "object", description: "Its vmid, and its files by slot." },
    },
    disks: {
      type: "array",
      description: "The disks that a seat gets its own version of.",
      required: true,
      items: { type: "object", description: "Slot, format, size in bytes, SHA-256." },
    },
    config: {
      type: "object",
      description: "The hardware that a seat takes over.",
      required: true,
      values: { type: "string", description: "A value as Proxmox writes it." },
    },
  },
};

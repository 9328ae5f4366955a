import type { Kind } from "../description/kind.ts";
import type { BaseGenerationInputs } from "./generated/inputs.ts";
import { generationNumber, generationOutputs } from "./generation.ts";
import { placeFields, vmid } from "./place-fields.ts";
import { poolId } from "./pool.ts";
import { nodesRule } from "./rules/machine-rules.ts";
import { tenantPoolRule } from "./rules/tenant-rules.ts";
import { tenantField } from "./tenancy.ts";

const { cluster, storage, vmids, nodes } = placeFields;

/** An immutable, numbered base of a class. */
export const baseGenerationKind: Kind<BaseGenerationInputs> = {
  name: "BaseGeneration",
  sentence: "An immutable, numbered base of a class: a template's disks that overlays stand on.",
  example: `const first = new BaseGeneration("lab", {
  cluster: "main",
  class: "lab",
  number: 1,
  source: 9000,
  storage: "nas",
  vmids: { from: 20000, to: 20999 },
});`,
  fields: {
    cluster,
    class: {
      kind: "text",
      name: "class",
      sentence: "Name of the class.",
      required: true,
      replaces: true,
      example: "networks-101",
    },
    number: { ...generationNumber, replaces: true },
    source: {
      ...vmid,
      sentence: "Vmid of a template, or of a stopped machine.",
      required: true,
      replaces: true,
      late: true,
      example: 9000,
    },
    storage: { ...storage, replaces: true },
    vmids: {
      ...vmids,
      sentence: "The class's own numbers, both ends included; a copy takes the highest that is free.",
    },
    nodes: { ...nodes, sentence: "Nodes that seats will be on; all that are online when absent." },
    pool: {
      ...poolId,
      sentence: "An existing Proxmox pool that copies become members of.",
      late: true,
      example: "lab",
    },
    tenant: {
      ...tenantField,
      sentence: "The tenant whose copies they are: each carries the tag `tenant-<name>`.",
    },
    overcommit: {
      kind: "flag",
      sentence:
        "Accepts that the storage could run full: a copy may come to the size of its source's disks. Without it one that is larger than what is free is refused.",
      default: false,
    },
  },
  outputs: generationOutputs,
  rules: [nodesRule, tenantPoolRule],
};

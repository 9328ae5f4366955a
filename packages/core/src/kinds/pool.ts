import type { TextShape } from "../description/field.ts";
import type { Kind } from "../description/kind.ts";
import type { PoolInputs } from "./generated/inputs.ts";
import { placeFields } from "./place-fields.ts";

/** The id of a pool; as pve-access-control checks it (AccessControl.pm, `verify_poolname`). */
export const poolId: TextShape = {
  kind: "text",
  pattern: {
    form: /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+){0,2}$/,
    outside: "not the id of a pool",
    wayOut: "use letters, digits, '.', '_' and '-', with at most two '/' between them",
  },
};

/** A resource pool of Proxmox VE. */
export const poolKind: Kind<PoolInputs> = {
  name: "Pool",
  sentence: "A resource pool of Proxmox VE: groups guests and storages for permissions.",
  example: `const pool = new Pool("lab", { poolid: "lab", comment: "Machines of the lab" });`,
  fields: {
    cluster: placeFields.cluster,
    poolid: {
      ...poolId,
      sentence: "The pool's id.",
      required: true,
      replaces: true,
      late: true,
      example: "lab",
    },
    comment: { kind: "text", sentence: "What the pool is for.", late: true, example: "Machines of the lab" },
  },
  outputs: {},
};

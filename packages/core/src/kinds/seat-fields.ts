import type { ChoiceShape, Fields } from "../description/field.ts";
import { cloudInit } from "./cloud-init.ts";
import { dataDisk, hardware, network } from "./machine.ts";
import { poolId } from "./pool.ts";
import { expiresField, tenantField } from "./tenancy.ts";

/** How machines can be made, beside `auto`. */
export const methods = {
  overlay: "makes all disks of a node in one script, then each machine through the API",
  linked: "makes Proxmox's own linked clones",
  bulk: "makes one machine of a node through the API and the others as copies of its configuration",
};

const method: ChoiceShape = {
  kind: "choice",
  name: "ClassMethod",
  choices: {
    auto: "takes `bulk` where the cluster allows it, else `overlay` where the storage and SSH do, else `linked`",
    ...methods,
  },
};

/** How many seats there are; the number is called `seats` or `count`. Ten thousand are more than any cluster holds. */
export const seatCount = {
  kind: "whole",
  from: 0,
  to: 10_000,
  sentence: "How many seats, named `seat-01`, `seat-02`, …; or give a `roster`.",
  example: 25,
} as const satisfies Fields[string];

/** Who sits there, and whether nobody may. */
export const seatNaming = {
  roster: {
    kind: "list",
    items: { kind: "text", name: "seat" },
    sentence: "The names of all seats, which become host names.",
    example: ["ada", "grace"],
  },
  empty: {
    kind: "flag",
    sentence:
      "Says that no machines at all are meant, which is refused without it: it removes all there are.",
    default: false,
  },
} as const satisfies Fields;

/** What everything that makes seats is told of them, beside how many they are. */
export const seatFields = {
  hardware: {
    kind: "record",
    type: hardware,
    sentence: "What differs from the template's hardware.",
    example: { cores: 2, memory: "4GiB" },
  },
  network: {
    kind: "record",
    type: network,
    sentence:
      "The network of the first card; the template's when absent. A template without a card gets one on the bridge.",
    example: { bridge: "vmbr0", tag: 42 },
  },
  cloudInit: {
    kind: "record",
    type: cloudInit,
    sentence: "Values for cloud-init; each seat's host name is its machine's name.",
    example: { user: "student" },
  },
  start: {
    kind: "choice",
    name: "StartPolicy",
    choices: { never: "leaves them off", "after-create": "starts each" },
    sentence: "Whether machines start when they are made.",
    default: "never",
  },
  startBatch: {
    kind: "whole",
    from: 1,
    outside: "which would start nothing",
    sentence: "How many machines start at once.",
    default: 4,
  },
  method: { ...method, sentence: "How machines are made.", default: "auto" },
  pool: {
    ...poolId,
    sentence: "An existing Proxmox pool that the machines become members of.",
    late: true,
    example: "lab",
  },
  tenant: tenantField,
  expires: expiresField,
  tags: {
    kind: "list",
    items: {
      kind: "text",
      // pve-common's `pve-tag`.
      pattern: {
        form: /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/,
        outside: "not a tag",
        wayOut: "use letters, digits, '_', '-', '+' and '.'",
      },
    },
    sentence: "Further Proxmox tags.",
    example: ["spring"],
  },
  overcommit: {
    kind: "flag",
    sentence:
      "Accepts that the storage could run full: every disk may grow to the template's size, and all together to more than is free. Without it such a class is refused.",
    default: false,
  },
  dataDisk: {
    kind: "record",
    type: dataDisk,
    sentence: "A second disk for work that must survive every reset; qcow2 on storages of files.",
    example: { size: "20GiB" },
  },
  reset: {
    kind: "map",
    values: { kind: "text" },
    sentence:
      "Seats that get a fresh disk: a new value orders it once. One that runs is stopped and started again.",
    example: { ada: "2026-10-01" },
  },
  undo: {
    kind: "map",
    values: { kind: "text" },
    sentence:
      "Seats whose last reset is taken back: a new value orders it once. One that runs is stopped and started again.",
    example: { ada: "2026-10-01" },
  },
} as const satisfies Fields;

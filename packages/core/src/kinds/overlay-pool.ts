import type { Kind } from "../description/kind.ts";
import type { OverlayPoolInputs } from "./generated/inputs.ts";
import { generation } from "./generation.ts";
import { placeFields } from "./place-fields.ts";
import { renewal } from "./renewal.ts";
import { countRule, rangeRule } from "./rules/count-rules.ts";
import { addressRule, bulkRule, memoryRule, nodesRule } from "./rules/machine-rules.ts";
import { ordersRule } from "./rules/orders-rule.ts";
import { ownTagsRule, tenantPoolRule } from "./rules/tenant-rules.ts";
import { methods, seatCount, seatFields, seatNaming } from "./seat-fields.ts";
import { seatException, seatsOutput } from "./seat-outputs.ts";

const { cluster, vmids, nodes } = placeFields;

/** The machines of a class on one generation. */
export const overlayPoolKind: Kind<OverlayPoolInputs> = {
  name: "OverlayPool",
  sentence: "The machines of a class: overlays of one generation, made, changed and removed together.",
  example: `const first = new BaseGeneration("lab", {
  cluster: "main",
  class: "lab",
  number: 1,
  source: 9000,
  storage: "nas",
  vmids: { from: 20000, to: 20999 },
});
const { number, storage, shared, owned, copies, disks, config } = first;
const pool = new OverlayPool("lab", {
  cluster: "main",
  class: "lab",
  base: { number, storage, shared, owned, copies, disks, config },
  count: 25,
  vmids: { from: 20000, to: 20999 },
  start: "never",
  startBatch: 4,
  method: "auto",
});`,
  fields: {
    cluster,
    class: {
      kind: "text",
      name: "class",
      sentence: "Name of the class; guests are called `<class>-<seat>`.",
      required: true,
      replaces: true,
      example: "networks-101",
    },
    base: {
      kind: "record",
      type: generation,
      sentence: "The generation that new and reset seats stand on.",
      required: true,
      late: true,
    },
    count: seatCount,
    ...seatNaming,
    vmids,
    nodes,
    ...seatFields,
    publish: {
      kind: "record",
      type: renewal,
      sentence: "What a change of generation does to the seats there are; they wait when absent.",
      example: { policy: "reset" },
    },
  },
  outputs: {
    seats: seatsOutput,
    exceptions: {
      kind: "map",
      values: { kind: "record", type: seatException },
      sentence: "What is particular about single seats.",
    },
    generation: { kind: "whole", sentence: "Generation of every seat without an exception.", required: true },
    madeBy: { kind: "choice", choices: methods, sentence: "What `method` came to.", required: true },
  },
  rules: [
    countRule("count"),
    rangeRule("count", { teacher: false }),
    nodesRule,
    bulkRule,
    tenantPoolRule,
    ownTagsRule,
    memoryRule,
    addressRule("count"),
    ordersRule("count", "publish"),
  ],
};

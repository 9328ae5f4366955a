import type { Kind } from "../description/kind.ts";
import type { OverlayVmPoolInputs } from "./generated/inputs.ts";
import { placeFields, template } from "./place-fields.ts";
import { renewal } from "./renewal.ts";
import { countRule, rangeRule } from "./rules/count-rules.ts";
import { addressRule, bulkRule, nodesRule } from "./rules/machine-rules.ts";
import { ordersRule } from "./rules/orders-rule.ts";
import { onePoolRule, ownTagsRule } from "./rules/tenant-rules.ts";
import { seatCount, seatFields, seatNaming } from "./seat-fields.ts";
import { seatsOutput } from "./seat-outputs.ts";

/** Machines that share one template's disks, without a class around them. */
export const overlayVmPoolKind: Kind<OverlayVmPoolInputs> = {
  name: "OverlayVmPool",
  sentence:
    "Machines that share one template's disks, without a class around them: no teacher, no publishing.",
  example: `const runners = new OverlayVmPool("runners", {
  template: { vmid: 9000 },
  seats: 8,
  storage: "lab",
  vmids: { from: 30000, to: 30099 },
});`,
  named: "class",
  fields: {
    template: {
      kind: "record",
      type: template,
      sentence: "The template whose disks all machines share.",
      required: true,
      example: { vmid: 9000 },
    },
    seats: seatCount,
    ...seatNaming,
    ...placeFields,
    ...seatFields,
    generation: {
      kind: "whole",
      from: 1,
      outside: "and generations count from 1",
      sentence:
        "Number of the generation that the template is. Raise it when the template is another one: a generation never changes.",
      default: 1,
    },
    renewal: {
      kind: "record",
      type: renewal,
      sentence: "What a new generation does to the machines there are; they wait when absent.",
      example: { policy: "reset" },
    },
  },
  outputs: {
    seats: seatsOutput,
    generation: {
      kind: "whole",
      sentence: "The generation that machines are on, except those that were kept or deferred.",
      required: true,
    },
  },
  rules: [
    countRule("seats"),
    rangeRule("seats", { teacher: false }),
    nodesRule,
    bulkRule,
    onePoolRule,
    ownTagsRule,
    addressRule("seats"),
    ordersRule("seats", "renewal"),
  ],
};

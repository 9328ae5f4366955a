import type { RecordType } from "../description/field.ts";
import type { Kind } from "../description/kind.ts";
import type { LabClassInputs } from "./generated/inputs.ts";
import { placeFields, template } from "./place-fields.ts";
import { renewalFields } from "./renewal.ts";
import { countRule, rangeRule } from "./rules/count-rules.ts";
import { addressRule, bulkRule, nodesRule } from "./rules/machine-rules.ts";
import { ordersRule } from "./rules/orders-rule.ts";
import { teacherRules } from "./rules/teacher-rules.ts";
import { onePoolRule, ownTagsRule } from "./rules/tenant-rules.ts";
import { seatCount, seatFields, seatNaming } from "./seat-fields.ts";
import { seatPlace, seatsOutput } from "./seat-outputs.ts";

const publish: RecordType = {
  name: "Publish",
  sentence: "A further generation of a class.",
  fields: {
    generation: {
      kind: "whole",
      from: 2,
      outside: "and the template itself is generation 1",
      sentence: "Its number, one higher at each publication.",
      required: true,
      example: 2,
    },
    from: {
      kind: "one-of",
      options: [
        { kind: "choice", choices: { teacher: "is the teacher's stopped machine" } },
        { kind: "record", type: template },
      ],
      sentence: "The stopped machine of the teacher, or another template.",
      required: true,
      example: "teacher",
    },
    ...renewalFields,
  },
};

/** A class: one machine per seat, all on one template's disks. */
export const labClassKind: Kind<LabClassInputs> = {
  name: "LabClass",
  sentence:
    "A class: one machine per seat, all standing on one template's disks, so that 25 machines take seconds and a few kilobytes each.",
  example: `const lab = new LabClass("networks-101", {
  template: { vmid: 9000 },
  seats: 25,
  storage: "lab",
  vmids: { from: 20000, to: 20999 },
});
export const seats = lab.seats; // { "seat-01": { vmid, node, mac }, … }`,
  named: "class",
  fields: {
    template: {
      kind: "record",
      type: template,
      sentence: "The template whose disks all seats share.",
      required: true,
      example: { vmid: 9000 },
    },
    seats: seatCount,
    ...seatNaming,
    ...placeFields,
    ...seatFields,
    teacher: {
      kind: "flag",
      sentence:
        "A machine for the teacher beside the seats, on generation 1, from which further generations can be published. It takes the first number of `vmids`, which no seat gets. Its address comes from DHCP.",
      default: false,
    },
    publish: {
      kind: "record",
      type: publish,
      sentence: "Publishes a further generation to the seats.",
      example: { generation: 2, from: "teacher" },
    },
  },
  outputs: {
    seats: seatsOutput,
    teacher: { kind: "record", type: seatPlace, sentence: "The teacher's machine, if there is one." },
    generation: {
      kind: "whole",
      sentence: "The generation that seats are on, except those that were kept or deferred.",
      required: true,
    },
  },
  rules: [
    countRule("seats"),
    rangeRule("seats", { teacher: true }),
    nodesRule,
    bulkRule,
    onePoolRule,
    ownTagsRule,
    addressRule("seats"),
    ordersRule("seats", "publish"),
    ...teacherRules,
  ],
};

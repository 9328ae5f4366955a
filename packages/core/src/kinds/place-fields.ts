import type { Fields, RecordType, TextShape, WholeShape } from "../description/field.ts";
import type { Rule } from "../description/mistake.ts";
import { vmidLimits } from "../values/vmid-range.ts";
import type { Vmids } from "./generated/inputs.ts";

/** The number of a machine. */
export const vmid: WholeShape = {
  kind: "whole",
  from: vmidLimits.first,
  to: vmidLimits.last,
  outside: "not a vmid",
};

const forwards: Rule<Vmids> = {
  needs: ["from", "to"],
  find: ({ from, to }) =>
    to < from ? [{ path: ["to"], reason: `is ${to}, smaller than 'from', which is ${from}; swap them` }] : [],
};

/** The numbers that belong to one class. */
export const vmids: RecordType<Vmids> = {
  name: "Vmids",
  sentence: "A range of machine numbers, both ends included.",
  fields: {
    from: { ...vmid, sentence: "The first.", required: true, example: 20_000 },
    to: { ...vmid, sentence: "The last.", required: true, example: 20_999 },
  },
  rules: [forwards],
};

/** A template of Proxmox by its number. */
export const template: RecordType = {
  name: "Template",
  sentence: "A template of Proxmox.",
  fields: {
    vmid: { ...vmid, sentence: "Its number.", required: true, late: true, example: 9000 },
  },
};

/** The name of a storage, which becomes part of a drive's line; as pve-common checks it (JSONSchema.pm, `parse_storage_id`). */
export const storageId: TextShape = {
  kind: "text",
  pattern: {
    form: /^[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9]$/,
    outside: "not the name of a storage",
    wayOut: "use two or more letters, digits, '-', '_' and '.', a letter first",
  },
};

/** Fields that are the same wherever a cluster is used. */
export const placeFields = {
  cluster: {
    kind: "text",
    sentence: "Name of the cluster in the stack's configuration `coppice:clusters`.",
    default: "main",
    replaces: true,
  },
  storage: {
    ...storageId,
    sentence: "The storage that carries the seats' disks.",
    required: true,
    late: true,
    example: "nas",
  },
  vmids: {
    kind: "record",
    type: vmids,
    sentence: "The numbers that belong to this class alone, both ends included.",
    required: true,
    chosen: true,
    example: { from: 20_000, to: 20_999 },
  },
  nodes: {
    kind: "list",
    items: { kind: "text" },
    sentence: "Nodes to use; all that are online when absent.",
    example: ["pve1", "pve2"],
  },
} as const satisfies Fields;

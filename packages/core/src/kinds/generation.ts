import type { Fields, RecordType } from "../description/field.ts";
import { storageId, vmid } from "./place-fields.ts";

const copy: RecordType = {
  name: "GenerationCopy",
  sentence: "The template that carries a generation on a node.",
  fields: {
    vmid: { ...vmid, sentence: "Its number.", required: true, example: 9000 },
    files: {
      kind: "map",
      values: { kind: "text" },
      sentence: "Its files by the slot of their disk.",
      required: true,
      example: { scsi0: "base-9000-disk-0.qcow2" },
    },
  },
};

const disk: RecordType = {
  name: "GenerationDisk",
  sentence: "One disk of a generation that a seat gets its own version of.",
  fields: {
    slot: { kind: "text", sentence: "Where it is plugged in.", required: true, example: "scsi0" },
    format: {
      kind: "choice",
      name: "DiskFormat",
      choices: { qcow2: "is QEMU's own", raw: "is the bare content", vmdk: "is VMware's" },
      sentence: "Format of the base file.",
      required: true,
    },
    size: {
      kind: "whole",
      from: 0,
      large: true,
      sentence: "Size that the guest sees, in bytes.",
      required: true,
      example: 34_359_738_368,
    },
    hash: {
      kind: "text",
      sentence: "SHA-256 of the base file, where Coppice made it and SSH could read it.",
      example: "9f86d081…",
    },
  },
};

/** What a generation makes known of itself, beside what it was told. */
export const generationOutputs: Fields = {
  shared: { kind: "flag", sentence: "Whether one copy serves every node.", required: true, late: true },
  owned: {
    kind: "flag",
    sentence: "Whether Coppice made it and will remove it; otherwise it is the template itself.",
    required: true,
    late: true,
  },
  copies: {
    kind: "map",
    values: { kind: "record", type: copy },
    sentence: "By node, the template that carries the generation.",
    required: true,
    late: true,
    example: { pve1: { vmid: 9000, files: { scsi0: "base-9000-disk-0.qcow2" } } },
  },
  disks: {
    kind: "list",
    items: { kind: "record", type: disk },
    sentence: "The disks that a seat gets its own version of.",
    required: true,
    late: true,
  },
  config: {
    kind: "map",
    values: { kind: "text", mayBeEmpty: true },
    sentence: "The hardware that a seat takes over, as Proxmox writes it.",
    required: true,
    late: true,
    example: { memory: "2048", net0: "virtio,bridge=vmbr0" },
  },
};

/** The number that a generation has among those of its class. */
export const generationNumber = {
  kind: "whole",
  from: 1,
  outside: "and generations count from 1",
  sentence: "Number of the generation; another number is another generation.",
  required: true,
  example: 1,
} as const satisfies Fields[string];

/** A generation as a pool is told of it. */
export const generation: RecordType = {
  name: "Generation",
  sentence: "An immutable, numbered base of a class: the outputs of a `BaseGeneration`.",
  fields: {
    number: { ...generationNumber, late: true },
    storage: {
      ...storageId,
      sentence: "The storage that carries its disks.",
      required: true,
      late: true,
      example: "nas",
    },
    ...generationOutputs,
  },
};

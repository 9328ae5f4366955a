import type { ChoiceShape, RecordType, TextShape } from "../description/field.ts";
import { storageId } from "./place-fields.ts";

/** Types of display that Proxmox knows (qemu-server's `vga`, without `qxl2` and its like for several screens). */
const vga: ChoiceShape = {
  kind: "choice",
  name: "VgaType",
  choices: {
    std: "is what most guests can drive",
    qxl: "serves SPICE",
    virtio: "is a paravirtual one",
    "virtio-gl": "draws on the node's own graphics card",
    vmware: "is VMware's SVGA",
    cirrus: "is for guests of the nineties",
    serial0: "sends the console to the first serial port",
    serial1: "to the second",
    serial2: "to the third",
    serial3: "to the fourth",
    none: "leaves the machine without one",
  },
};

/** What a seat's machine has of its own; all else is the template's. */
export const hardware: RecordType = {
  name: "Hardware",
  sentence: "Hardware of a seat.",
  fields: {
    cores: { kind: "whole", from: 1, to: 512, sentence: "Processor cores.", example: 2 },
    // Least and step: Proxmox counts guest memory in whole MiB from 16 (qemu-server, `memory`).
    memory: { kind: "size", whole: "MiB", least: "16MiB", sentence: "Memory.", example: "4GiB" },
    vga: { ...vga, sentence: "The display.", example: "qxl" },
  },
};

/** A bridge or vnet, which becomes part of a card's line; as pve-common checks it (JSONSchema.pm, `parse_bridge_id`). */
export const bridge: TextShape = {
  kind: "text",
  pattern: {
    form: /^[\w.-]+$/,
    outside: "not the name of a bridge",
    wayOut: "use letters, digits, '-', '_' and '.'",
  },
};

/** The network of a seat's first card. Limits as Proxmox's own (qemu-server, Network.pm). */
export const network: RecordType = {
  name: "Network",
  sentence: "The network of a seat's first card.",
  fields: {
    bridge: { ...bridge, sentence: "Bridge or vnet.", late: true, example: "vmbr0" },
    tag: {
      kind: "whole",
      from: 1,
      to: 4094,
      outside: "not a VLAN",
      sentence: "VLAN.",
      late: true,
      example: 42,
    },
  },
};

/** A second disk that no reset touches. */
export const dataDisk: RecordType = {
  name: "DataDisk",
  sentence: "A second disk.",
  fields: {
    size: {
      kind: "size",
      whole: "GiB",
      least: "1GiB",
      sentence: "How large.",
      required: true,
      example: "20GiB",
    },
    storage: {
      ...storageId,
      sentence: "Its storage; that of the seats when absent.",
      late: true,
      example: "nas",
    },
  },
};

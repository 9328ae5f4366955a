import type { PropertyFormat } from "../../schema/param-table.ts";

// Facts of the public API description (pve-docs 9.1.3, api-viewer).
export const netModels = [
  "e1000",
  "e1000-82540em",
  "e1000-82544gc",
  "e1000-82545em",
  "e1000e",
  "i82551",
  "i82557b",
  "i82559er",
  "ne2k_isa",
  "ne2k_pci",
  "pcnet",
  "rtl8139",
  "virtio",
  "vmxnet3",
] as const;

/** The property string of a network device; `virtio=<mac>` stands for `model=virtio,macaddr=<mac>`. */
export const netFormat: PropertyFormat = {
  defaultKey: "model",
  keys: {
    bridge: { type: "string", optional: true, format: "pve-bridge-id" },
    firewall: { type: "boolean", optional: true },
    link_down: { type: "boolean", optional: true },
    macaddr: { type: "string", optional: true, format: "mac-addr" },
    model: { type: "string", enum: netModels },
    mtu: { type: "integer", minimum: 1, maximum: 65520, optional: true },
    queues: { type: "integer", minimum: 0, maximum: 64, optional: true },
    rate: { type: "number", minimum: 0, optional: true },
    tag: { type: "integer", minimum: 1, maximum: 4094, optional: true },
    trunks: {
      type: "string",
      pattern: "(?:\\d+(?:-\\d+)?(?:;\\d+(?:-\\d+)?)*)",
      optional: true,
    },
  },
  keyAlias: Object.fromEntries(netModels.map((model) => [model, ["model", "macaddr"] as const])),
};

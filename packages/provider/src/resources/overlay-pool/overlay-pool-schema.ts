import type { PropertySchema, ResourceSchema } from "../../kit/resource-schema.ts";

const text = (description: string): PropertySchema => ({ type: "string", description });
const whole = (description: string): PropertySchema => ({ type: "integer", description });
const need = (property: PropertySchema): PropertySchema => ({ ...property, required: true });
const listOf = (description: string, items: PropertySchema): PropertySchema => ({
  type: "array",
  description,
  items,
});
const mapOf = (description: string, values: PropertySchema): PropertySchema => ({
  type: "object",
  description,
  values,
});
const fieldsOf = (description: string, fields: Record<string, PropertySchema>): PropertySchema => ({
  type: "object",
  description,
  fields,
});

const inputs: ResourceSchema["inputs"] = {
  cluster: { ...need(text("Name of the configured cluster.")), replaces: true },
  class: { ...need(text("Name of the class; guests are called `<class>-<seat>`.")), replaces: true },
  base: need({
    type: "object",
    description: "The generation that seats stand on: the outputs of a BaseGeneration.",
  }),
  count: whole("How many seats; or give a roster."),
  roster: listOf("The names of all seats.", text("A seat.")),
  vmids: need(
    fieldsOf("The class's own numbers.", { from: need(whole("First.")), to: need(whole("Last.")) }),
  ),
  nodes: listOf("Nodes to use; all that are online when absent.", text("A node.")),
  hardware: fieldsOf("What differs from the template.", {
    cores: whole("Processor cores of a seat."),
    memoryMiB: whole("Memory of a seat in MiB."),
  }),
  network: fieldsOf("The network of the first card.", { bridge: text("Bridge."), tag: whole("VLAN.") }),
  cloudInit: {
    ...fieldsOf("Cloud-init values.", {
      user: text("Name of the user."),
      password: text("Password of the user."),
      sshKeys: listOf("Public keys.", text("A line of authorized_keys.")),
      nameserver: text("DNS server."),
      searchDomain: text("DNS search domain."),
      address: fieldsOf("A run of fixed addresses; DHCP when absent.", {
        first: need(text("First address with its prefix length, for example `10.0.0.10/24`.")),
        gateway: text("Gateway."),
      }),
    }),
    secret: true,
  },
  start: need(text("`never` or `after-create`.")),
  startBatch: need(whole("How many machines start at once.")),
  method: need(text("`auto`, `overlay`, `linked` or `bulk`.")),
  pool: text("An existing Proxmox pool for the machines."),
  tags: listOf("Further tags.", text("A tag.")),
  overcommit: { type: "boolean", description: "Disks may be promised more room than the storage has." },
  dataDisk: fieldsOf("A second disk that no reset touches.", {
    sizeGiB: need(whole("Size in GiB.")),
    storage: text("Storage; the seats' own when absent."),
  }),
  publish: fieldsOf("What a change of generation does to the seats.", {
    policy: need(text("`reset`, `keep`, `defer` or `reset-if-untouched`.")),
    policyOf: mapOf("Seats whose policy differs.", text("A policy.")),
    running: text(
      "What it does with a seat that runs: `stop` it first, or `defer` to a later run, the default.",
    ),
    undoForMs: need(whole("How long the former disk is kept, in ms.")),
  }),
  reset: mapOf(
    "A new value resets that seat once; one that runs is stopped and started again.",
    text("Any text."),
  ),
  undo: mapOf(
    "A new value takes that seat's last reset back; one that runs is stopped and started again.",
    text("Any text."),
  ),
};

/** What an `OverlayPool` is, as data. */
export const overlayPoolSchema: ResourceSchema = {
  name: "OverlayPool",
  description: "The machines of a class: overlays of one generation, made, changed and removed together.",
  inputs,
  outputs: {
    ...inputs,
    seats: need(
      mapOf(
        "By seat: vmid, node and MAC.",
        fieldsOf("A seat.", { vmid: whole("Vmid."), node: text("Node."), mac: text("MAC.") }),
      ),
    ),
    exceptions: { type: "object", description: "What is particular about single seats." },
    generation: need(whole("Generation of every seat without an exception.")),
    madeBy: need(text("What `method` came to.")),
  },
};

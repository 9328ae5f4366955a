import { type WrongArgument, wrong } from "./wrong-argument.ts";

/** Values of the right type that cannot be. */
export const impossibleArguments: readonly WrongArgument[] = [
  wrong(
    "template.vmid",
    "template: { vmid: 9 }",
    "'template.vmid' is 9, not a vmid; choose 100 to 999999999",
  ),
  wrong(
    "seats",
    "seats: 0",
    "'seats' is 0, which would leave no machine; set 'empty: true' if that is meant, or remove the whole: `coppice destroy` a document's, `pulumi destroy` a program's",
  ),
  wrong("seats", "seats: 2.5", "'seats' is 2.5, not a whole number; write one like 25"),
  wrong(
    "roster",
    'seats: undefined, roster: ["Ada!"]',
    `'roster[0]' is "Ada!", which cannot be the name of a seat: only lower-case letters a-z, digits and hyphens are possible; "ada" would do`,
  ),
  wrong("cluster", 'cluster: ""', `'cluster' is an empty text; leave it out, or write one like "main"`),
  wrong("hardware.cores", "hardware: { cores: 0 }", "'hardware.cores' is 0; choose 1 to 512"),
  wrong(
    "hardware.memory",
    'hardware: { memory: "4GB" }',
    `'hardware.memory' is "4GB": the unit "GB" is unknown (did you mean "GiB"?); known are KiB, MiB, GiB, TiB; write it like "4GiB"`,
  ),
  wrong(
    "hardware.vga",
    'hardware: { vga: "qlx" }',
    `'hardware.vga' is "qlx"; did you mean "qxl"? Choose "std", "qxl", "virtio", "virtio-gl", "vmware", "cirrus", "serial0", "serial1", "serial2", "serial3" or "none"`,
  ),
  wrong("network.tag", "network: { tag: 5000 }", "'network.tag' is 5000, not a VLAN; choose 1 to 4094"),
  wrong(
    "network.bridge",
    'network: { bridge: "" }',
    `'network.bridge' is an empty text; leave it out, or write one like "vmbr0"`,
  ),
  wrong(
    "cloudInit.address.first",
    'cloudInit: { address: { first: "10.0.0.300/24" } }',
    `'cloudInit.address.first' is "10.0.0.300/24", not an address with a prefix length; write it like "10.0.0.10/24"`,
  ),
  wrong(
    "cloudInit.address.gateway",
    'cloudInit: { address: { first: "10.0.0.10/24", gateway: "10.0.0" } }',
    `'cloudInit.address.gateway' is "10.0.0", not an IPv4 address; write it like "10.0.0.1"`,
  ),
  wrong("start", 'start: "always"', `'start' is "always"; choose "never" or "after-create"`),
  wrong("startBatch", "startBatch: 0", "'startBatch' is 0, which would start nothing; choose 1 or more"),
  wrong(
    "method",
    'method: "overlays"',
    `'method' is "overlays"; did you mean "overlay"? Choose "auto", "overlay", "linked" or "bulk"`,
  ),
  wrong("tags", 'tags: ["a b"]', `'tags[0]' is "a b", not a tag; use letters, digits, '_', '-', '+' and '.'`),
  wrong(
    "dataDisk.size",
    'dataDisk: { size: "1.5GiB" }',
    `'dataDisk.size' is "1.5GiB", not whole GiB; write it like "20GiB"`,
  ),
  wrong(
    "publish.generation",
    "publish: { generation: 1, from: { vmid: 9001 } }",
    "'publish.generation' is 1, and the template itself is generation 1; choose 2 or more",
  ),
  wrong(
    "publish.policy",
    'publish: { generation: 2, from: { vmid: 9001 }, policy: "burn" }',
    `'publish.policy' is "burn"; choose "reset", "keep", "defer" or "reset-if-untouched"`,
  ),
  wrong(
    "publish.policyOf",
    'publish: { generation: 2, from: { vmid: 9001 }, policyOf: { "seat-01": "kep" } }',
    `'publish.policyOf["seat-01"]' is "kep"; did you mean "keep"? Choose "reset", "keep", "defer" or "reset-if-untouched"`,
  ),
  wrong(
    "publish.running",
    'publish: { generation: 2, from: { vmid: 9001 }, running: "stopp" }',
    `'publish.running' is "stopp"; did you mean "stop"? Choose "stop" or "defer"`,
  ),
  wrong(
    "publish.undoFor",
    "publish: { generation: 2, from: { vmid: 9001 }, undoFor: 7 }",
    `'publish.undoFor' is 7, a number; write a duration like "7d"`,
  ),
  wrong(
    "publish.undoFor",
    'publish: { generation: 2, from: { vmid: 9001 }, undoFor: "7" }',
    `'publish.undoFor' is "7": it is not a plain number followed by ms, s, m, h, d; write it like "7d"`,
  ),
  wrong(
    "expires",
    'expires: "soon"',
    `'expires' is "soon", not a day or a time; write it like "2027-02-28" or "2027-02-28T18:00+01:00"`,
  ),
];

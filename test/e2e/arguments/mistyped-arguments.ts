import { type WrongArgument, wrong } from "./wrong-argument.ts";

/** Values of another type than the field's. */
export const mistypedArguments: readonly WrongArgument[] = [
  wrong("template", "template: 9000", "'template' is 9000, a number; write it like { vmid: 9000 }"),
  wrong(
    "template.vmid",
    'template: { vmid: "9000" }',
    `'template.vmid' is "9000", a text; write a whole number like 9000`,
  ),
  wrong("seats", 'seats: "25"', `'seats' is "25", a text; write a whole number like 25`),
  wrong(
    "roster",
    'seats: undefined, roster: "ada, grace"',
    `'roster' is "ada, grace", a text; write a list like ["ada", "grace"]`,
  ),
  wrong("empty", 'empty: "no"', `'empty' is "no", a text; write true or false`),
  wrong(
    "cluster",
    'cluster: { endpoint: "https://pve1.example.org:8006" }',
    `'cluster' is an object; write a text like "main"`,
  ),
  wrong("storage", "storage: 5", `'storage' is 5, a number; write a text like "nas"`),
  wrong("vmids", "vmids: [20000, 20999]", "'vmids' is a list; write it like { from: 20000, to: 20999 }"),
  wrong(
    "vmids.from",
    'vmids: { from: "20000", to: 20999 }',
    `'vmids.from' is "20000", a text; write a whole number like 20000`,
  ),
  wrong("nodes", 'nodes: "pve1"', `'nodes' is "pve1", a text; write a list like ["pve1", "pve2"]`),
  wrong("hardware", "hardware: 4", `'hardware' is 4, a number; write it like { cores: 2, memory: "4GiB" }`),
  wrong(
    "hardware.memory",
    "hardware: { memory: 4096 }",
    `'hardware.memory' is 4096, a number; write a size like "4GiB"`,
  ),
  wrong(
    "network",
    'network: "vmbr0"',
    `'network' is "vmbr0", a text; write it like { bridge: "vmbr0", tag: 42 }`,
  ),
  wrong(
    "network.tag",
    'network: { tag: "42" }',
    `'network.tag' is "42", a text; write a whole number like 42`,
  ),
  wrong(
    "cloudInit.user",
    'cloudInit: { user: ["student"] }',
    `'cloudInit.user' is a list; write a text like "student"`,
  ),
  wrong(
    "cloudInit.password",
    "cloudInit: { password: 4711 }",
    "'cloudInit.password' is a number; write a text",
  ),
  wrong(
    "cloudInit.nameserver",
    'cloudInit: { nameserver: ["10.0.0.1"] }',
    `'cloudInit.nameserver' is a list; write a text like "10.0.0.1"`,
  ),
  wrong(
    "cloudInit.searchDomain",
    "cloudInit: { searchDomain: true }",
    `'cloudInit.searchDomain' is true; write a text like "lab.example.org"`,
  ),
  wrong(
    "cloudInit.address",
    'cloudInit: { address: "10.0.0.10/24" }',
    `'cloudInit.address' is "10.0.0.10/24", a text; write it like { first: "10.0.0.10/24" }`,
  ),
  wrong("pool", "pool: shelf", `'pool' is a ComponentResource object; write a text like "lab"`),
  wrong("tenant", "tenant: 7", `'tenant' is 7, a number; write a text like "acme"`),
  wrong("expires", "expires: 7", `'expires' is 7, a number; write a text like "2027-02-28"`),
  wrong("tags", 'tags: "spring"', `'tags' is "spring", a text; write a list like ["spring"]`),
  wrong("overcommit", "overcommit: 1", "'overcommit' is 1, a number; write true or false"),
  wrong("dataDisk", 'dataDisk: "20GiB"', `'dataDisk' is "20GiB", a text; write it like { size: "20GiB" }`),
  wrong(
    "dataDisk.storage",
    'dataDisk: { size: "20GiB", storage: 7 }',
    `'dataDisk.storage' is 7, a number; write a text like "nas"`,
  ),
  wrong("reset", 'reset: ["seat-01"]', `'reset' is a list; write it like { ada: "2026-10-01" }`),
  wrong("undo", 'undo: { "seat-01": true }', `'undo["seat-01"]' is true; write a text like "2026-10-01"`),
  wrong("teacher", 'teacher: "yes"', `'teacher' is "yes", a text; write true or false`),
  wrong(
    "publish",
    "publish: 2",
    `'publish' is 2, a number; write it like { generation: 2, from: "teacher" }`,
  ),
  wrong(
    "publish.from",
    "publish: { generation: 2, from: 9001 }",
    "'publish.from' is 9001, a number; write it like { vmid: 9001 }",
  ),
  wrong(
    "publish.from.vmid",
    "publish: { generation: 2, from: { vmid: null } }",
    "'publish.from.vmid' is missing; write a whole number like 9000",
  ),
  wrong(
    "publish.policyOf",
    'publish: { generation: 2, from: { vmid: 9001 }, policyOf: ["seat-01"] }',
    `'publish.policyOf' is a list; write it like { ada: "keep" }`,
  ),
  wrong(
    "seats",
    "seats: output(25)",
    "'seats' is an output, which is known only during the run; give a plain value, since the run is planned by it",
  ),
];

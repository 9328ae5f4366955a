import type { Emulator } from "@coppice/emulator";
import type { Declared } from "./recorded-program.ts";

type FaultRule = Parameters<Emulator["control"]["faults"]["add"]>[0];

/** How one recorded stack came to be. */
export interface Story extends Pick<Declared, "component" | "name"> {
  /** Behind which door its resources stand. @default "plugin" */
  readonly door?: "dynamic";
  /** What its program declared, one `pulumi up` after the other. */
  readonly steps: readonly Declared["args"][];
  /** What goes wrong in the last of them, and which seats that leaves unfinished. */
  readonly accident?: { readonly faults: readonly FaultRule[]; readonly unfinished: readonly string[] };
}

/** Stands in plain sight: nothing but an emulator was ever given it. */
const password = "only-for-tests";
const sshKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKrW2eZqQzYjI0qQq0l2n0pY6dXW5y9m3v8kq1o7b4cT ada";

const seats = {
  template: { vmid: 9000 },
  storage: "nas",
  hardware: { cores: 2, memory: "2GiB" },
  cloudInit: { user: "student", password },
  tags: ["spring"],
  network: { bridge: "vmbr0", tag: 42 },
};

/** A class by each method: its second generation kept, deferred and taken over, one seat reset since, one undone. */
const methods = ["overlay", "linked", "bulk"].map((method, index): Story => {
  const vmids = { from: 21_000 + 100 * index, to: 21_099 + 100 * index };
  const made = { ...seats, method, vmids, seats: 5, teacher: true };
  const policyOf = { "seat-01": "keep", "seat-02": "defer" };
  const published = { ...made, publish: { generation: 2, from: "teacher", policyOf } };
  const ordered = { ...published, reset: { "seat-03": "exam" }, undo: { "seat-04": "exam" } };
  return { component: "LabClass", name: method, steps: [made, published, ordered] };
});

const roster = {
  ...seats,
  vmids: { from: 22_000, to: 22_099 },
  roster: ["ada", "grace", "joan"],
  teacher: true,
  nodes: ["pve1"],
  pool: "lab",
  startBatch: 2,
  dataDisk: { size: "1GiB" },
  cloudInit: {
    user: "student",
    password,
    sshKeys: [sshKey],
    nameserver: "10.0.0.1",
    searchDomain: "lab.example.org",
    address: { first: "10.0.0.10/24", gateway: "10.0.0.1" },
  },
};

const renewed = {
  policy: "reset-if-untouched",
  policyOf: { grace: "reset" },
  running: "stop",
  undoFor: "36h",
};

const runners = {
  template: { vmid: 9000 },
  storage: "local",
  vmids: { from: 23_000, to: 23_099 },
  seats: 4,
  tags: ["ci"],
  dataDisk: { size: "1GiB", storage: "nas" },
};

const door = {
  ...seats,
  vmids: { from: 24_000, to: 24_099 },
  roster: ["ada", "grace", "joan"],
  teacher: true,
};
const doorPublished = { ...door, publish: { generation: 2, from: "teacher", policyOf: { joan: "keep" } } };

const unfinished = { ...seats, method: "overlay", vmids: { from: 25_000, to: 25_099 } };

/** One seat that was not changed, and one that was not made. */
const accident: Story["accident"] = {
  faults: [
    {
      match: { path: "/nodes/[^/]+/qemu/25001/config" },
      effect: { kind: "answer", status: 500, reason: "planted" },
    },
    { match: { task: "qmcreate", vmid: 25_002 }, effect: { kind: "failed-task", text: "planted" } },
  ],
  unfinished: ["seat-01", "seat-02"],
};

/** Every stack that is recorded. */
export const stories: readonly Story[] = [
  ...methods,
  {
    component: "LabClass",
    name: "roster",
    steps: [roster, { ...roster, publish: { generation: 2, from: "teacher", ...renewed } }],
  },
  {
    component: "OverlayVmPool",
    name: "runners",
    steps: [
      runners,
      {
        ...runners,
        template: { vmid: 9001 },
        generation: 2,
        renewal: { policy: "reset", policyOf: { "seat-01": "defer" } },
      },
    ],
  },
  {
    component: "LabClass",
    name: "dynamic-door",
    door: "dynamic",
    steps: [door, doorPublished, { ...doorPublished, reset: { ada: "exam" } }],
  },
  {
    component: "LabClass",
    name: "unfinished",
    steps: [
      { ...unfinished, seats: 1 },
      { ...unfinished, seats: 3, hardware: { cores: 3, memory: "2GiB" } },
    ],
    accident,
  },
];

import { describe, expect, test } from "vitest";
import { findKindMistakes } from "../description/find-kind-mistakes.ts";
import type { Kind } from "../description/kind.ts";
import { mistakeSentence } from "../description/mistake.ts";
import { withDefaults } from "../description/with-defaults.ts";
import { labClassKind } from "./lab-class.ts";
import { overlayVmPoolKind } from "./overlay-vm-pool.ts";

const right = { template: { vmid: 9000 }, seats: 25, storage: "nas", vmids: { from: 20_000, to: 20_999 } };
const roster = (...names: string[]) => ({ seats: undefined, roster: names });
const published = { generation: 2, from: "teacher" };

const PUBLIC = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0wmN/Cr3JXqmLW7u+g9pTh+wyqDHpSQEIQczXkVx9q";

const sentences = (more: object, name = "lab", kind: Kind = labClassKind) =>
  findKindMistakes(kind, { name, inputs: { ...right, ...more } }).map(mistakeSentence);

describe("a class", () => {
  test.each([
    ["with nothing but what must be there", {}],
    ["with names instead of a number", roster("ada", "grace")],
    ["that is meant to have no machines", { seats: 0, empty: true }],
    ["that is meant to have no machines, by name", { ...roster(), empty: true }],
    ["whose teacher is published", { teacher: true, publish: published }],
    ["whose last machine has the last number", { vmids: { from: 20_000, to: 20_025 } }],
    ["whose last address is the last of its network", { cloudInit: { address: { first: "10.0.0.230/24" } } }],
    [
      "with keys as ssh-keygen writes them, one or several in a text, with options or not",
      {
        cloudInit: {
          sshKeys: [`${PUBLIC} ada\n`, PUBLIC, `restrict,from="10.0.0.0/8" ${PUBLIC}\n\n${PUBLIC} b c\n`],
        },
      },
    ],
    ["with orders for its seats", { reset: { "seat-01": "x" }, undo: { "seat-25": "x" } }],
  ])("%s is right", (_, more) => {
    expect(sentences(more)).toEqual([]);
  });

  test.each([
    [
      "number and names",
      { roster: ["ada"] },
      "'roster' is given (1 names) and 'seats' too (25); give the number of seats or their names, not both",
    ],
    [
      "neither number nor names",
      { seats: undefined },
      "'seats' is missing; give 'seats', a number, or 'roster', the names",
    ],
    [
      "no seats by a slip",
      { seats: 0 },
      "'seats' is 0, which would leave no machine; set 'empty: true' if that is meant, or remove the whole: `coppice destroy` a document's, `pulumi destroy` a program's",
    ],
    [
      "no names by a slip",
      roster(),
      "'roster' is an empty list, which would leave no machine; set 'empty: true' if that is meant, or remove the whole: `coppice destroy` a document's, `pulumi destroy` a program's",
    ],
    ["seats where none are meant", { empty: true }, "'empty' is true, and there are 25 seats; leave it out"],
    ["less than no seats", { seats: -1 }, "'seats' is -1; choose 0 to 10000"],
    [
      "a name twice",
      roster("ada", "bob", "ada"),
      `'roster[2]' is "ada", which is in the roster twice; every seat needs a name of its own`,
    ],
    [
      "a name that no host can have",
      roster("Ada!"),
      `'roster[0]' is "Ada!", which cannot be the name of a seat: only lower-case letters a-z, digits and hyphens are possible; "ada" would do`,
    ],
    [
      "too few numbers",
      { vmids: { from: 20_000, to: 20_024 } },
      "'vmids' holds 25 numbers for 25 seats and the teacher, whose the first is; widen it to at least 20000–20025",
    ],
    [
      "a range turned round",
      { vmids: { from: 300, to: 200 } },
      "'vmids.to' is 200, smaller than 'from', which is 300; swap them",
    ],
    [
      "a number that Proxmox has not",
      { vmids: { from: 50, to: 200 } },
      "'vmids.from' is 50, not a vmid; choose 100 to 999999999",
    ],
    [
      "a template that Proxmox has not",
      { template: { vmid: 9 } },
      "'template.vmid' is 9, not a vmid; choose 100 to 999999999",
    ],
    [
      "no node at all",
      { nodes: [] },
      "'nodes' is an empty list; name nodes, or leave it out for all that are online",
    ],
    [
      "a data disk in bulk",
      { method: "bulk", dataDisk: { size: "1GiB" } },
      `'dataDisk' cannot be made by method "bulk", which copies configurations only; choose method "overlay"`,
    ],
    [
      "half a GiB of data disk",
      { dataDisk: { size: "1.5GiB" } },
      `'dataDisk.size' is "1.5GiB", not whole GiB; write it like "20GiB"`,
    ],
    [
      "an address that is none",
      { cloudInit: { address: { first: "10.0.0.300/24" } } },
      `'cloudInit.address.first' is "10.0.0.300/24", not an address with a prefix length; write it like "10.0.0.10/24"`,
    ],
    [
      "addresses beyond their network",
      { cloudInit: { address: { first: "10.0.0.231/24" } } },
      `'cloudInit.address.first' is "10.0.0.231/24", and its network ends before the last of 25 seats; choose a lower address or a larger network`,
    ],
    [
      "a network for the first address",
      { cloudInit: { address: { first: "10.0.0.0/24" } } },
      `'cloudInit.address.first' is "10.0.0.0/24", the network itself; begin with "10.0.0.1/24"`,
    ],
    [
      "the gateway's address for a seat",
      { cloudInit: { address: { first: "10.0.0.240/16", gateway: "10.0.1.1" } } },
      `'cloudInit.address.gateway' is "10.0.1.1", which seat number 18 would get; begin with a higher address, or name the gateway that there is`,
    ],
    [
      "options behind a bridge",
      { network: { bridge: "vmbr0,firewall=0" } },
      `'network.bridge' is "vmbr0,firewall=0", not the name of a bridge; use letters, digits, '-', '_' and '.'`,
    ],
    [
      "options behind the storage of a data disk",
      { dataDisk: { size: "1GiB", storage: "nas:0,import-from=/etc/shadow,size=" } },
      `'dataDisk.storage' is "nas:0,import-from=/etc/shadow,size=", not the name of a storage; use two or more letters, digits, '-', '_' and '.', a letter first`,
    ],
    [
      "a seat by the one name that every object knows",
      roster("ada", "constructor"),
      `'roster[1]' is "constructor", which cannot be the name of a seat: it is a word of JavaScript; "constructor-1" would do`,
    ],
    [
      "a reset of nobody",
      { ...roster("ada", "grace"), reset: { adda: "x" } },
      `'reset.adda' is not a seat of this class; did you mean "ada"?`,
    ],
    [
      "an undo of nobody",
      { undo: { ada: "x" } },
      `'undo.ada' is not a seat of this class, which has "seat-01", "seat-02", "seat-03" and 22 more; check the name`,
    ],
    [
      "a policy for nobody",
      { teacher: true, publish: { ...published, policyOf: { zoe: "keep" } } },
      `'publish.policyOf.zoe' is not a seat of this class, which has "seat-01", "seat-02", "seat-03" and 22 more; check the name`,
    ],
    [
      "a student called teacher",
      { ...roster("ada", "teacher"), teacher: true },
      `'roster[1]' is "teacher", and 'teacher' makes a machine of that name; rename the seat, or leave 'teacher' out`,
    ],
    [
      "a teacher who is not there",
      { publish: published },
      `'publish.from' is "teacher", and the class has no teacher's machine; set 'teacher: true', or name a template by { vmid }`,
    ],
    [
      "generation 1 again",
      { teacher: true, publish: { ...published, generation: 1 } },
      "'publish.generation' is 1, and the template itself is generation 1; choose 2 or more",
    ],
    [
      "a display that Proxmox has not",
      { hardware: { vga: "qlx" } },
      `'hardware.vga' is "qlx"; did you mean "qxl"? Choose "std", "qxl", "virtio", "virtio-gl", "vmware", "cirrus", "serial0", "serial1", "serial2", "serial3" or "none"`,
    ],
    [
      "what is to become of running seats misspelt",
      { teacher: true, publish: { ...published, running: "stopp" } },
      `'publish.running' is "stopp"; did you mean "stop"? Choose "stop" or "defer"`,
    ],
  ])("with %s is refused", (_, more, sentence) => {
    expect(sentences(more)).toEqual([sentence]);
  });

  test("has a name that a class can have", () => {
    expect(sentences({}, "Lab 1")).toEqual([
      `'name' is "Lab 1", which cannot be the name of a class: only lower-case letters a-z, digits and hyphens are possible; "lab-1" would do`,
    ]);
  });
});

test("every default is said in one place, and holds inside of what is given", () => {
  const given = { ...right, publish: { generation: 2, from: { vmid: 9001 } }, hardware: {}, cloudInit: {} };
  expect(withDefaults(labClassKind, given)).toStrictEqual({
    ...right,
    cluster: "main",
    empty: false,
    start: "never",
    startBatch: 4,
    method: "auto",
    overcommit: false,
    teacher: false,
    publish: { generation: 2, from: { vmid: 9001 }, policy: "reset", running: "defer", undoFor: "7d" },
    hardware: {},
    cloudInit: {},
  });
});

describe("machines without a class", () => {
  test("have all numbers of their range, and call what happens to them renewal", () => {
    const more = { vmids: { from: 20_000, to: 20_024 }, renewal: { policyOf: { zoe: "keep" } } };
    expect(sentences(more, "runners", overlayVmPoolKind)).toEqual([
      `'renewal.policyOf.zoe' is not a seat of this class, which has "seat-01", "seat-02", "seat-03" and 22 more; check the name`,
    ]);
    expect(sentences({ vmids: { from: 20_000, to: 20_023 } }, "runners", overlayVmPoolKind)).toEqual([
      "'vmids' holds 24 numbers for 25 seats; widen it to at least 20000–20024",
    ]);
  });
});

test.each([
  "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n-----END OPENSSH PRIVATE KEY-----\n",
  "b3BlbnNz",
  `${PUBLIC}\nb3BlbnNz`,
  "ssh-ed25519 b3BlbnNz!",
])("what is no public key is refused and not repeated: %j", (key) => {
  const [said, ...others] = sentences({ cloudInit: { sshKeys: [PUBLIC, key] } });
  expect(others).toEqual([]);
  expect(said).toMatch(
    /^'cloudInit\.sshKeys\[1\]' is a text that is not shown, not a public key of SSH; write/,
  );
  expect(said).not.toContain("b3Blb");
});

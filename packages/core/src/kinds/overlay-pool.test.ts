import { describe, expect, test } from "vitest";
import { findMistakes } from "../description/find-mistakes.ts";
import { mistakeSentence } from "../description/mistake.ts";
import { overlayPoolKind } from "./overlay-pool.ts";

const UNKNOWN = "not known yet";

const base = {
  number: 1,
  storage: "nas",
  shared: true,
  owned: false,
  copies: { pve1: { vmid: 9000, files: { scsi0: "base-9000-disk-0.qcow2" } } },
  disks: [{ slot: "scsi0", format: "qcow2", size: 2 ** 35 }],
  config: { balloon: "1024", memory: "2048", description: "" },
};

const sentences = (more: object) => {
  const given = { class: "lab", base, count: 3, vmids: { from: 20_000, to: 20_009 }, ...more };
  return findMistakes(overlayPoolKind, given, (value) => value === UNKNOWN).map(mistakeSentence);
};

describe("a pool", () => {
  test.each([
    ["on a generation that is known", {}],
    ["on one that is not", { base: UNKNOWN }],
    ["on one that is known in part", { base: { ...base, shared: UNKNOWN, copies: { pve1: UNKNOWN } } }],
    ["with just the memory that its template leaves it", { hardware: { memory: "1GiB" } }],
  ])("%s is right", (_, more) => {
    expect(sentences(more)).toEqual([]);
  });

  test.each([
    [
      "counts its seats",
      { count: 11 },
      "'vmids' holds 10 numbers for 11 seats; widen it to at least 20000–20010",
    ],
    [
      "has seats, not students",
      { count: undefined },
      "'count' is missing; give 'count', a number, or 'roster', the names",
    ],
    [
      "says 'count' when both are given",
      { roster: ["ada"] },
      "'roster' is given (1 names) and 'count' too (3); give the number of seats or their names, not both",
    ],
    [
      "knows what its template needs",
      { hardware: { memory: "512MiB" } },
      `'hardware.memory' is "512MiB", below the template's minimum of 1GiB, its 'balloon'; choose that or more`,
    ],
    [
      "has Proxmox's VLANs",
      { network: { tag: 5000 } },
      "'network.tag' is 5000, not a VLAN; choose 1 to 4094",
    ],
    [
      "has Proxmox's tags",
      { tags: ["a b"] },
      `'tags[0]' is "a b", not a tag; use letters, digits, '_', '-', '+' and '.'`,
    ],
    [
      "has no name for a class's number of seats",
      { seats: 3 },
      "'seats' is not known; known are cluster, class, base, count, roster, empty, vmids, nodes, hardware, network, cloudInit, start, startBatch, method, pool, tenant, expires, tags, overcommit, dataDisk, reset, undo, publish",
    ],
    [
      "takes a whole generation",
      { base: { ...base, disks: undefined } },
      `'base.disks' is missing; write a list like [{ slot: "scsi0", format: "qcow2", size: 34359738368 }]`,
    ],
    [
      "has the name of a class",
      { class: "x".repeat(33) },
      `'class' is "${"x".repeat(33)}", which cannot be the name of a class: it has 33 characters, at most 32 are possible; "${"x".repeat(32)}" would do`,
    ],
    [
      "is planned before the run",
      { count: UNKNOWN },
      "'count' is an output, which is known only during the run; give a plain value, since the run is planned by it",
    ],
  ])("%s", (_, more, sentence) => {
    expect(sentences(more)).toEqual([sentence]);
  });

  test("is refused for what is wrong already while its generation is not known yet", () => {
    const more = { base: UNKNOWN, hardware: { cores: 0, memory: "512MiB" } };
    expect(sentences(more)).toEqual(["'hardware.cores' is 0; choose 1 to 512"]);
  });
});

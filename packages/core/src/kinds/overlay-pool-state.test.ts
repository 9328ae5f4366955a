import { expect, test } from "vitest";
import { findMistakes } from "../description/find-mistakes.ts";
import { withDefaults } from "../description/with-defaults.ts";
import { overlayPoolKind } from "./overlay-pool.ts";
import { readOverlayPoolState } from "./overlay-pool-state.ts";

const base = { number: 2, storage: "nas", shared: true, owned: true, copies: {}, disks: [], config: {} };

/** As 0.1.0 recorded a class of two after a publication that one seat was kept from. */
const recorded = {
  cluster: "main",
  class: "lab",
  base,
  count: 2,
  vmids: { from: 20_001, to: 20_999 },
  hardware: { cores: 2, memoryMiB: 4096 },
  dataDisk: { sizeGiB: 20, storage: "fast" },
  publish: { policy: "reset", policyOf: { "seat-02": "keep" }, running: "defer", undoForMs: 604_800_000 },
  start: "never",
  startBatch: 4,
  method: "auto",
  seats: {
    "seat-01": { vmid: 20_001, node: "pve1", mac: "" },
    "seat-02": { vmid: 20_002, node: "pve1", mac: "" },
  },
  exceptions: { "seat-02": { generation: 1 } },
  generation: 2,
  madeBy: "overlay",
};

test("a state of 0.1.0 reads as the inputs that a program gives today, and its outputs stay", () => {
  const { seats, exceptions, generation, madeBy, ...inputs } = readOverlayPoolState(recorded);
  const given = {
    class: "lab",
    base,
    count: 2,
    vmids: { from: 20_001, to: 20_999 },
    hardware: { cores: 2, memory: "4096MiB" },
    dataDisk: { size: "20GiB", storage: "fast" },
    publish: { policyOf: { "seat-02": "keep" } },
  };
  expect(findMistakes(overlayPoolKind, given)).toEqual([]);
  expect(inputs).toEqual(withDefaults(overlayPoolKind, given));
  expect({ seats, exceptions, generation, madeBy }).toEqual({
    seats: recorded.seats,
    exceptions: recorded.exceptions,
    generation: 2,
    madeBy: "overlay",
  });
});

test("nothing is made up for what a pool was never told", () => {
  const { hardware: _hardware, dataDisk: _dataDisk, publish: _publish, ...bare } = recorded;
  const read = readOverlayPoolState(bare);
  expect(Object.keys(read)).not.toEqual(expect.arrayContaining(["hardware"]));
  expect([read.hardware, read.dataDisk, read.publish]).toEqual([undefined, undefined, undefined]);
});

test("a state of today stays what it is", () => {
  const today = readOverlayPoolState(recorded);
  expect(readOverlayPoolState(today)).toEqual(today);
});

test.each([{ count: 0 }, { roster: [] }])("a pool of none, %j, reads as one that says so", (none) => {
  const { count: _count, ...rest } = recorded;
  expect(readOverlayPoolState({ ...rest, ...none })).toMatchObject({ ...none, empty: true });
});

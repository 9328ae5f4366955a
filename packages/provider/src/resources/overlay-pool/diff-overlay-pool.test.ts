import { expect, test } from "vitest";
import { overlayPool } from "./overlay-pool.ts";

const given = {
  class: "lab",
  base: {
    number: 1,
    storage: "nas",
    shared: true,
    owned: false,
    copies: { pve1: { vmid: 9000, files: { scsi0: "base-9000-disk-0.qcow2" } } },
    disks: [],
    config: {},
  },
  vmids: { from: 20_000, to: 20_099 },
  roster: ["ada"],
  hardware: { memory: "4096MiB" },
  dataDisk: { size: "1024GiB" },
  publish: { undoFor: "168h" },
};

/** What differs between a pool of one as a version recorded it and as a program describes it. */
function changesOf(recorded: object, inputs: object): string[] {
  const { inputs: wanted, mistakes } = overlayPool.check({ ...given, ...inputs });
  expect(mistakes).toEqual([]);
  const state = { seats: { ada: { vmid: 20_000, node: "pve1", mac: "" } }, generation: 1, madeBy: "overlay" };
  const { changes } = overlayPool.diff({
    id: "lab",
    state: { ...given, ...state, ...recorded },
    inputs: wanted,
  });
  return changes.map(({ path }) => path);
}

test("values that are spelt in another way are no change, others are", () => {
  const same = {
    cluster: "main",
    hardware: { memory: "4GiB" },
    dataDisk: { size: "1TiB" },
    publish: { policy: "reset", running: "defer", undoFor: "7d" },
    start: "never",
    startBatch: 4,
    method: "auto",
    empty: false,
    overcommit: false,
  };
  expect(changesOf(same, {})).toEqual([]);
  expect(changesOf(same, { hardware: { memory: "4097MiB" } })).toEqual(["hardware.memory"]);
});

test("what 0.1.0 recorded as bare numbers is no change either", () => {
  const recorded = {
    cluster: "main",
    hardware: { memoryMiB: 4096 },
    dataDisk: { sizeGiB: 1024 },
    publish: { policy: "reset", running: "defer", undoForMs: 604_800_000 },
    start: "never",
    startBatch: 4,
    method: "auto",
  };
  expect(changesOf(recorded, {})).toEqual([]);
});

test("a pool of none is described only by a program that means it, and one that 0.1.0 recorded stays", () => {
  const none = { roster: null, count: 0 };
  const { mistakes } = overlayPool.check({ ...given, ...none });
  expect(mistakes.map(({ path }) => path)).toEqual([["count"]]);
  expect(changesOf({ ...none, seats: {} }, { ...none, empty: true })).toEqual([]);
});

test("what is lost is said: the seats that leave, and all of them where the class is replaced", () => {
  const place = (vmid: number) => ({ vmid, node: "pve1", mac: "" });
  const seats = { ada: place(20_000), grace: place(20_001) };
  const roster = ["ada", "grace"];
  const state = { ...given, roster, seats, generation: 1, madeBy: "overlay" };
  const lossesOf = (more: object) => {
    const { inputs } = overlayPool.check({ ...given, roster, ...more });
    return overlayPool.diff({ id: "lab", state, inputs }).losses;
  };
  expect(lossesOf({})).toBeUndefined();
  expect(lossesOf({ roster: ["ada"] })).toBe("1 seat is removed with all disks:\n  grace  20001  pve1");
  expect(lossesOf({ class: "art" })).toContain("2 seats are removed with all disks:\n  ada    20000  pve1\n");
});

import { describe, expect, test } from "vitest";
import type { Generation, OverlayPoolState } from "../kinds/generated/inputs.ts";
import { changeDemand, seatsDemand } from "./class-demand.ts";
import { recordedSeatsOf, wantedSeatsOf } from "./pool-contents.ts";

const GIB = 2 ** 30;
const base: Generation = {
  number: 1,
  storage: "nas",
  shared: true,
  owned: false,
  copies: { pve1: { vmid: 9000, files: {} } },
  disks: [{ slot: "scsi0", format: "qcow2", size: 8 * GIB }],
  config: { cores: "2", memory: "2048" },
};
const inputs = {
  cluster: "main",
  class: "lab",
  base,
  count: 3,
  vmids: { from: 100, to: 199 },
  start: "never",
  startBatch: 4,
  method: "auto",
  empty: false,
  overcommit: false,
} as const;
const seat = (vmid: number) => ({ vmid, node: "pve1", mac: "" });
const state: OverlayPoolState = {
  ...inputs,
  seats: { "seat-01": seat(100), "seat-02": seat(101), "seat-03": seat(102) },
  exceptions: { "seat-02": { former: { generation: 1, until: 1 } }, "seat-03": { gone: true } },
  generation: 1,
  madeBy: "linked",
};

describe("the seats of a pool", () => {
  test("are as many as are wanted, by number or by name", () => {
    expect(wantedSeatsOf(inputs)).toEqual({ base, seats: 3 });
    const { count: _count, ...others } = inputs;
    const hardware = { cores: 4 };
    expect(wantedSeatsOf({ ...others, hardware, roster: ["ada", "grace"] })).toEqual({
      base,
      hardware,
      seats: 2,
    });
  });

  test("that are recorded count as far as their machines are there, with the disks that they keep", () => {
    expect(recordedSeatsOf(state)).toEqual({ base, seats: 3, kept: 1 });
    expect(recordedSeatsOf(state, (vmid) => vmid !== 101)).toEqual({ base, seats: 2, kept: 0 });
  });

  test("ask for a machine again where one is lost", () => {
    const there = recordedSeatsOf(state, (vmid) => vmid !== 102);
    const asked = changeDemand(seatsDemand(there), seatsDemand({ ...wantedSeatsOf(inputs), kept: 1 }));
    expect(asked).toEqual({ machines: 1, cores: 2, memory: 2 * GIB, storage: 8 * GIB });
  });
});

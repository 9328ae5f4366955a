import type { Generation } from "@coppice/core";
import { expect, test } from "vitest";
import { unknownValue } from "../../../kit/unknown.ts";
import type { OverlayPoolInputs, OverlayPoolState } from "../inputs/class-inputs.ts";
import { assumeBase } from "./assume-base.ts";

const base: Generation = {
  number: 1,
  storage: "nas",
  shared: false,
  owned: false,
  copies: { pve1: { vmid: 9000, files: {} } },
  disks: [{ slot: "scsi0", format: "qcow2", size: 1 }],
  config: { cores: 2 },
};
const inputs: OverlayPoolInputs = {
  cluster: "main",
  class: "lab",
  // As a preview hands over a generation that is still to be made.
  base: { ...base, number: 2, copies: unknownValue, disks: unknownValue } as unknown as Generation,
  vmids: { from: 1, to: 9 },
  start: "never",
  startBatch: 4,
  method: "auto",
};

test("what is known of a new generation stays, the rest is like the former", () => {
  const state: OverlayPoolState = { ...inputs, base, seats: {}, generation: 1, madeBy: "overlay" };
  expect(assumeBase(inputs, state).base).toEqual({ ...base, number: 2 });
});

test("without a former one every node is taken to have a copy", () => {
  const { base: assumed } = assumeBase(inputs, undefined);
  expect(assumed).toMatchObject({ number: 2, storage: "nas", config: { cores: 2 }, disks: [] });
  expect(Object.keys(assumed.copies)).toHaveLength(1);
});

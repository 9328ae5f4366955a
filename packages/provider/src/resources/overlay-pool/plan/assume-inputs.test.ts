import { type Generation, type OverlayPoolInputs, type OverlayPoolState, unknownValue } from "@coppice/core";
import { expect, test } from "vitest";
import { assumeInputs } from "./assume-inputs.ts";
import { ANY_NODE } from "./holds-generation.ts";

const base: Generation = {
  number: 1,
  storage: "nas",
  shared: false,
  owned: false,
  copies: { pve1: { vmid: 9000, files: {} } },
  disks: [{ slot: "scsi0", format: "qcow2", size: 1 }],
  config: { cores: "2" },
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
  empty: false,
  overcommit: false,
};

test("what is known of a new generation stays, the rest is like the former", () => {
  const state: OverlayPoolState = { ...inputs, base, seats: {}, generation: 1, madeBy: "overlay" };
  const copies = { ...base.copies, [ANY_NODE]: { vmid: 0, files: {} } };
  expect(assumeInputs(inputs, state).base).toEqual({ ...base, number: 2, copies });
});

test("without a former one every node is taken to have a copy", () => {
  const { base: assumed } = assumeInputs(inputs, undefined);
  expect(assumed).toMatchObject({ number: 2, storage: "nas", config: { cores: "2" }, disks: [] });
  expect(Object.keys(assumed.copies)).toHaveLength(1);
});

test("a pool that is still to be made is left out, one that is known stays", () => {
  expect(assumeInputs({ ...inputs, pool: unknownValue }, undefined)).not.toHaveProperty("pool");
  expect(assumeInputs({ ...inputs, pool: "lab" }, undefined)).toMatchObject({ pool: "lab" });
});

test("of a generation of which not even the number is known nothing is assumed", () => {
  const unknown = { ...inputs, base: unknownValue as unknown as Generation }; // as a preview hands it over
  expect(assumeInputs(unknown, undefined)).toBe(unknown);
});

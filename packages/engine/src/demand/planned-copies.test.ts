import { unknownValue } from "@coppice/core";
import { expect, test } from "vitest";
import type { EngineEvent, StepEvent } from "../events/engine-event.ts";
import { plannedCopies } from "./planned-copies.ts";

const GIB = 2 ** 30;
const urn = "urn:pulumi:main::coppice-tenant::coppice:index:LabClass$coppice:index:BaseGeneration::lab-2";
const step = (op: string, more: Partial<StepEvent>): EngineEvent => {
  const type = "coppice:index:BaseGeneration";
  return { kind: "step", phase: "begun", op, urn, type, isPlanned: true, ...more };
};
const inputs = { class: "lab", number: 2, storage: "nas" };
const outputs = {
  ...inputs,
  owned: true,
  copies: { pve1: unknownValue, pve2: unknownValue },
  disks: [{ slot: "scsi0", size: 8 * GIB }],
};

test("a generation that is made has a template on each of its nodes, told by both halves of a step", () => {
  const copy = { name: "lab generation 2", storage: "nas", size: 8 * GIB };
  const both = [step("create", { inputs }), step("create", { phase: "done", inputs, outputs })];
  const copies = [
    { ...copy, node: "pve1" },
    { ...copy, node: "pve2" },
  ];
  expect(plannedCopies(both)).toEqual(copies);
  expect(plannedCopies([step("create-replacement", { outputs })])).toEqual(copies);
});

test.each<[string, EngineEvent]>([
  ["stays", step("same", { outputs })],
  ["goes", step("delete", { outputs })],
  ["is the template in its place", step("create", { outputs: { ...outputs, owned: false } })],
  ["nobody has looked at", step("create", { inputs })],
  ["is none", step("create", { outputs, type: "coppice:index:OverlayPool" })],
])("one that %s has none", (_, event) => {
  expect(plannedCopies([event])).toEqual([]);
});

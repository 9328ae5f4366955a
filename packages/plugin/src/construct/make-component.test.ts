import { componentKinds } from "@coppice/core";
import { output } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { makeComponent } from "./make-component.ts";

const refusedBy = (type: string, name: string, inputs: object) => () =>
  makeComponent({ type, name, inputs: { ...inputs }, options: {} });

test.each(componentKinds.map(({ name }) => name))("%s can be made, if it is described", (kind) => {
  expect(refusedBy(`coppice:index:${kind}`, "lab", {})).toThrow(/'(?:storage|limits)' is missing/);
});

test("a component that nobody knows is refused with those that there are", () => {
  expect(refusedBy("coppice:index:LabKlass", "lab", {})).toThrow(
    /knows no component .*LabClass, OverlayVmPool/,
  );
});

test("a name, a misspelt field and an output where the run is planned by it are refused together", () => {
  const inputs = {
    template: { vmid: 9000 },
    seats: output(3),
    storage: "nas",
    vmids: { from: 200, to: 299 },
    poool: 1,
  };
  expect(refusedBy("coppice:index:LabClass", "Lab 1", inputs)).toThrow(
    /^3 mistakes:\n {6}'name' is "Lab 1".*\n {6}'poool' is not known; did you mean 'pool'\?\n {6}'seats' is an output/,
  );
});

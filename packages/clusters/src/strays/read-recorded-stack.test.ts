import { expect, test } from "vitest";
import { ownershipMark } from "../ownership/ownership-mark.ts";
import { readRecordedStack } from "./read-recorded-stack.ts";

const urnOf = (type: string, name: string) => `urn:pulumi:dev::demo::${type}::${name}`;
const plugin = urnOf("coppice:index:OverlayPool", "lab");
const dynamic = urnOf("pulumi-nodejs:dynamic/coppice:OverlayPool", "lab");
const seats = { ada: { vmid: 20_000, node: "pve1", mac: "" } };
const place = { stack: "demo/dev", cluster: "main" };

const stateOf = (...resources: readonly object[]) =>
  // What JSON gives is JSON.
  JSON.parse(JSON.stringify({ version: 3, deployment: { resources } })) as Parameters<
    typeof readRecordedStack
  >[0];

test("classes are read through either door, by the URN that they were made under", () => {
  const former = urnOf("coppice:index:OverlayPool", "former");
  const { classes } = readRecordedStack(
    stateOf(
      { type: "coppice:index:OverlayPool", urn: plugin, outputs: { class: "lab", seats } },
      { type: "coppice:index:OverlayPool", urn: plugin, outputs: { class: "lab", seats, __urn: former } },
      {
        type: "pulumi-nodejs:dynamic/coppice:OverlayPool",
        urn: dynamic,
        inputs: { __urn: plugin },
        outputs: { class: "lab", seats, cluster: "main" },
      },
    ),
    place,
  );
  expect(classes.map(({ mark, state }) => [mark, state.seats])).toEqual(
    [plugin, former, plugin].map((urn) => [ownershipMark(urn), seats]),
  );
});

test("what is on another cluster, has no outputs or is another kind's counts for nothing", () => {
  const found = readRecordedStack(
    stateOf(
      { type: "coppice:index:OverlayPool", urn: plugin, outputs: { class: "lab", seats, cluster: "other" } },
      { type: "coppice:index:OverlayPool", urn: plugin },
      { type: "coppice:index:LabClass", urn: urnOf("coppice:index:LabClass", "lab"), outputs: { seats } },
    ),
    place,
  );
  expect(found).toEqual({ name: "demo/dev", classes: [], generations: [], isOpen: false });
  expect(readRecordedStack({}, place)).toEqual(found);
});

test("a creation that was cut off has no machines, and its operation is open", () => {
  const deployment = {
    resources: [{ type: "coppice:index:OverlayPool", urn: plugin, outputs: { class: "lab" } }],
    pending_operations: [{ type: "creating" }],
  };
  const { classes, isOpen } = readRecordedStack({ deployment }, place);
  expect([classes[0]?.state.seats, isOpen]).toEqual([{}, true]);
});

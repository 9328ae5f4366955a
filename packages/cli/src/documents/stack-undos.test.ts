import { expect, test } from "vitest";
import type { ClusterVersion } from "./cluster-version.ts";
import { inOneOrder } from "./in-one-order.ts";
import { stackUndos } from "./stack-undos.ts";

const version = (project: string, time: number | undefined, field: string | undefined): ClusterVersion => ({
  number: 1,
  project,
  time,
  verb: "update",
  result: "succeeded",
  who: "ada",
  message: "",
  documents: field === undefined ? undefined : [{ kind: "Pool", name: "lab", inputs: { comment: field } }],
});
const histories = [
  [
    version("coppice-cluster", 1, "a"),
    version("coppice-cluster", 5, "b"),
    version("coppice-cluster", undefined, "c"),
  ],
  [version("coppice-tenant", 1, "x"), version("coppice-tenant", 7, "y")],
];
const versions = inOneOrder(histories);
const undo = (number: number) =>
  stackUndos(versions, { number, pools: {}, now: 0 }).map(({ project, plan }) => [
    project,
    ...plan.documents.map(({ inputs }) => inputs["comment"]),
  ]);

test("versions of several stacks are counted through, each stack's own order kept", () => {
  expect(versions.map(({ number, documents }) => [number, documents?.[0]?.inputs["comment"]])).toEqual([
    [1, "a"],
    [2, "x"],
    [3, "b"],
    [4, "c"],
    [5, "y"],
  ]);
});

test("each stack goes back to what it declared then, and one that stays as it is has no plan", () => {
  expect(undo(3)).toEqual([
    ["coppice-cluster", "b"],
    ["coppice-tenant", "x"],
  ]);
  expect(undo(5)).toEqual([["coppice-tenant", "y"]]);
});

test("a stack that declared nothing yet declares nothing again", () => {
  expect(undo(1)).toEqual([["coppice-cluster", "a"], ["coppice-tenant"]]);
});

test("a version that is none is refused, with those that there are", () => {
  expect(() => undo(9)).toThrow(/there is no such version\. Choose one of 1, 2, 3, 4, 5/);
});

import type { Properties } from "@coppice/core";
import { expect, test } from "vitest";
import { documentChanges } from "./document-changes.ts";

const lab = (inputs: Properties) => ({ kind: "LabClass", name: "lab", inputs });
const changesOf = (before: Properties, after: Properties) =>
  documentChanges([lab(before)], [lab(after)])[0]?.fields;

test("documents are added, removed and changed; what is the same is no change", () => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => ({ kind: "Pool", name, inputs: { poolid: name } }));
  if (!(a && b && c && d)) throw new Error("four were made");
  expect(documentChanges([a, b, c], [{ ...b, inputs: { poolid: "x" } }, c, d])).toEqual([
    { kind: "Pool", name: "a", change: "removed", fields: [{ path: ["poolid"], old: "a" }] },
    { kind: "Pool", name: "b", change: "changed", fields: [{ path: ["poolid"], old: "b", new: "x" }] },
    { kind: "Pool", name: "d", change: "added", fields: [{ path: ["poolid"], new: "d" }] },
  ]);
});

test("two kinds of one name are two documents", () => {
  const pool = { kind: "OverlayVmPool", name: "lab", inputs: {} };
  expect(documentChanges([lab({})], [pool]).map(({ change }) => change)).toEqual(["removed", "added"]);
});

test("fields are named by their path, lists are compared as a whole", () => {
  const before = { seats: 3, hardware: { cores: 2, memory: "4GiB" }, reset: { "seat-01": "a" }, tags: ["x"] };
  const after = { seats: 4, hardware: { cores: 2, vga: "qxl" }, reset: { "seat-01": "b" }, tags: ["x", "y"] };
  expect(changesOf(before, after)).toEqual([
    { path: ["seats"], old: 3, new: 4 },
    { path: ["hardware", "memory"], old: "4GiB" },
    { path: ["hardware", "vga"], new: "qxl" },
    { path: ["tags"], old: ["x"], new: ["x", "y"] },
    { path: ["reset", "seat-01"], old: "a", new: "b" },
  ]);
});

test("no secret is shown, wherever it stands and however it came there; where it is kept is", () => {
  const secret = "hunter-2-and-more";
  const inputs = [
    { cloudInit: { user: "ada", password: secret } },
    { cloudInit: { password: { env: "LAB_PASSWORD" } } },
    { cloudInit: { password: { env: secret, value: secret } } },
    { cloudInit: secret },
    { cloudInit: { password: [secret], other: secret } },
    { unknown: { deep: [secret] } },
    {},
  ];
  for (const before of inputs) {
    for (const after of inputs) expect(JSON.stringify(changesOf(before, after) ?? [])).not.toContain(secret);
  }
  expect(changesOf(inputs[0] ?? {}, inputs[1] ?? {})).toEqual([
    { path: ["cloudInit", "user"], old: "ada" },
    { path: ["cloudInit", "password"], old: "[secret]", new: { env: "LAB_PASSWORD" } },
  ]);
});

test("nothing of a kind that this version does not know is shown but the names of its fields", () => {
  const odd = { kind: "Odd", name: "lab", inputs: { field: "value" } };
  expect(documentChanges([], [odd])[0]?.fields).toEqual([{ path: ["field"], new: "[secret]" }]);
});

import type { Properties } from "@coppice/core";
import { expect, test } from "vitest";
import { documentsJoin, joinDocuments } from "./join-documents.ts";

const lab = (inputs: Properties = {}) => ({ kind: "LabClass", name: "lab", inputs: { seats: 3, ...inputs } });
const other = { kind: "LabClass", name: "other", inputs: { seats: 1 } };

test("resets of one class by many people are one document with all of them", () => {
  const orders = [
    [lab({ reset: { "seat-01": "a" } }), other],
    [lab({ reset: { "seat-02": "b" }, undo: { "seat-03": "c" } })],
    [lab({ reset: { "seat-01": "d" } })],
  ];
  expect(orders.every((each) => documentsJoin(orders[0] ?? [], each))).toBe(true);
  expect(joinDocuments(orders)).toEqual([
    lab({ reset: { "seat-01": "d", "seat-02": "b" }, undo: { "seat-03": "c" } }),
    other,
  ]);
});

test("what differs in anything else is not made in one run: the second would take back what the first was promised", () => {
  expect(documentsJoin([lab({ seats: 30 })], [lab({ reset: { "seat-01": "a" } })])).toBe(false);
  expect(documentsJoin([lab()], [other])).toBe(true);
  expect(documentsJoin([lab()], [{ ...lab({ seats: 1 }), kind: "OverlayVmPool" }])).toBe(false);
});

test("what refers to a secret is made by whoever wrote it: the variable may say something else to another person", () => {
  const secret = { ...other, inputs: { cloudInit: { user: "student", password: { env: "PASSWORD" } } } };
  expect(documentsJoin([lab()], [secret])).toBe(false);
  expect(documentsJoin([secret], [lab()])).toBe(true);
});

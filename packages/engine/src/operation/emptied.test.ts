import { expect, test } from "vitest";
import { emptied } from "./emptied.ts";

test("of a class its place stays, and nothing of a seat", () => {
  const inputs = {
    template: { vmid: 9000 },
    storage: "nas",
    vmids: { from: 20_000, to: 20_099 },
    roster: ["ada"],
    reset: { ada: "monday" },
    cloudInit: { user: "student" },
    publish: { generation: 2, from: { vmid: 9001 }, policyOf: { ada: "keep" } },
  };
  expect(emptied({ kind: "LabClass", name: "lab", seats: {}, parts: [], inputs })).toEqual({
    kind: "LabClass",
    name: "lab",
    inputs: {
      template: { vmid: 9000 },
      storage: "nas",
      vmids: { from: 20_000, to: 20_099 },
      publish: { generation: 2, from: { vmid: 9001 } },
      seats: 0,
      empty: true,
    },
  });
});

test("a tenant stays as it was given", () => {
  const inputs = { limits: { machines: 40 }, templates: [9000], vmids: { from: 20_000, to: 29_999 } };
  const given = { kind: "TenantQuota", name: "acme", inputs };
  expect(emptied({ ...given, seats: {}, parts: [] })).toEqual(given);
});

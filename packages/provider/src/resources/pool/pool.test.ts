import { systemClock, unknownValue } from "@coppice/core";
import { expect, test } from "vitest";
import type { ResourceContext } from "../../kit/resource-context.ts";
import { pool } from "./pool.ts";

const context: ResourceContext = {
  urn: "urn:pulumi:dev::p::coppice:index:Pool::lab",
  signal: new AbortController().signal,
  clock: systemClock,
  report: () => undefined,
  judge: () => undefined,
  inform: () => undefined,
  warn: () => undefined,
  cluster: () => Promise.reject(new Error("a preview of a pool asks nothing")),
};
const inputs = { cluster: "main", poolid: "lab", comment: "Machines of the lab" };

test.each([
  ["with a comment", inputs],
  ["with one that is not known yet", { ...inputs, comment: unknownValue }],
])("the id of a pool that is still to be made is not known in a preview, %s", async (_, wanted) => {
  expect(await pool.preview({ inputs: wanted }, context)).toEqual({ ...wanted, poolid: unknownValue });
});

test("that of a pool that is there is", async () => {
  const recorded = { id: "main/lab", state: { ...inputs, comment: "before" } };
  expect(await pool.preview({ inputs, recorded }, context)).toEqual(inputs);
});

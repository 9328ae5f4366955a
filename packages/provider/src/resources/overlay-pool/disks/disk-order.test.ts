import { expect, test } from "vitest";
import type { ClassRun } from "../class-run/class-run.ts";
import { noteOrder } from "./disk-order.ts";

test.each([
  ["a week where nothing is said, so that a reset can be taken back", {}, 7 * 24 * 3_600_000],
  ["as long as the class says", { publish: { undoFor: "90m" } }, 5_400_000],
])("a former disk is kept %s", (_, more, expected) => {
  const exceptions = new Map();
  const inputs = { base: { number: 1 }, ...more };
  // All that noting an order looks at.
  const run = { inputs, exceptions, context: { clock: { now: () => 0 } } } as unknown as ClassRun;
  noteOrder(run, "ada", { generation: 1, reset: "monday" });
  expect(exceptions.get("ada")).toMatchObject({ reset: "monday", former: { until: expected } });
});

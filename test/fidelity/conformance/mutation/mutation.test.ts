import { join } from "node:path";
import { expect, test } from "vitest";
import { countNoticed } from "./count-noticed.ts";

const corpus = join(import.meta.dirname, "..", "..", "recordings");

// `npm run conformance` changes every line; here every sixth.
test.for(["8.4", "9.2"] as const)("single changes of the answers of %s are noticed", (pve) => {
  const { noticed, total, missed } = countNoticed({ corpus, pve, perKind: 3, stride: 6, seed: 1 });
  expect(total).toBeGreaterThan(2000);
  expect(missed).toEqual([]);
  expect(noticed / total).toBeGreaterThanOrEqual(0.95);
});

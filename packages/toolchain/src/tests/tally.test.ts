import { describe, expect, test } from "vitest";
import { closingLines, sumOf, tallyOfChecks, tallyOfVitest } from "./tally.js";

test("the closing line counts, and skipped tests stand before it with their reasons", () => {
  const one = { passed: 2, failed: 1, skipped: [] };
  const two = { passed: 3, failed: 0, skipped: [{ name: "needs root", reason: "not root" }] };
  expect(closingLines(one)).toEqual(["2 passed, 1 failed"]);
  expect(closingLines(sumOf([one, two]))).toEqual([
    "skipped: needs root: not root",
    "5 passed, 1 failed, 1 skipped",
  ]);
});

describe("the checks", () => {
  test("are counted by their lines", () => {
    const output = "ok types 1.0 s\nfailed lint 2.0 s\n  rule file.ts:1 text\nok format 0.1 s\n";
    expect(tallyOfChecks(output, 1)).toMatchObject({ passed: 2, failed: 1 });
  });

  test("that crash, or name nothing at all, are one failure", () => {
    expect(tallyOfChecks("ok types 1.0 s\n", 2)).toMatchObject({ passed: 1, failed: 1 });
    expect(tallyOfChecks("", 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe("vitest", () => {
  const tally = JSON.stringify({ passed: 4, failed: 0, skipped: [] });

  test("is believed when count and exit code agree", () => {
    expect(tallyOfVitest(tally, 0)).toEqual({ passed: 4, failed: 0, skipped: [] });
  });

  test("that crashes, or ends badly without a counted failure, is a failure", () => {
    expect(tallyOfVitest(undefined, 0).failed).toBe(1);
    expect(tallyOfVitest(tally, 1).failed).toBe(1);
  });
});

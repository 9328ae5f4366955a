import { describe, expect, test } from "vitest";
import { closingLines, sumOf, tallyOfChecks, tallyOfVitest } from "./tally.js";

test("the closing line counts; skipped and failed tests stand before it with their reasons", () => {
  const one = {
    passed: 2,
    failed: [{ name: "a.test.ts > adds", reason: "expected 1 to be 2" }],
    skipped: [],
  };
  const two = { passed: 3, failed: [], skipped: [{ name: "needs root", reason: "not root" }] };
  expect(closingLines(two)).toEqual(["skipped: needs root: not root", "3 passed, 0 failed, 1 skipped"]);
  expect(closingLines(sumOf([one, two]))).toEqual([
    "skipped: needs root: not root",
    "failed: a.test.ts > adds: expected 1 to be 2",
    "5 passed, 1 failed, 1 skipped",
  ]);
});

describe("the checks", () => {
  test("are counted by their lines, failed ones with what they found first", () => {
    const output =
      "ok types 1.0 s\nfailed lint 2.0 s\n  rule file.ts:1 text\n  rule file.ts:2 more\nfailed format 0.1 s\nok unused 1 s\n";
    expect(tallyOfChecks(output, 1)).toEqual({
      passed: 2,
      failed: [
        { name: "check lint", reason: "rule file.ts:1 text" },
        { name: "check format", reason: "says nothing" },
      ],
      skipped: [],
    });
  });

  test("that crash, or name nothing at all, are one failure", () => {
    const broken = (code: number) => [
      { name: "the checks", reason: `ended with code ${code} and named no failure` },
    ];
    expect(tallyOfChecks("ok types 1.0 s\n", 2)).toMatchObject({ passed: 1, failed: broken(2) });
    expect(tallyOfChecks("", 0)).toMatchObject({ passed: 0, failed: broken(0) });
  });
});

describe("vitest", () => {
  const counted = { passed: 4, failed: [], skipped: [] };

  test("is believed when count and exit code agree", () => {
    expect(tallyOfVitest(JSON.stringify(counted), 0)).toEqual(counted);
  });

  test("that crashes, or ends badly without a counted failure, is a failure", () => {
    const failed = [{ name: "vitest", reason: "ended with code 1 and named no failure" }];
    expect(tallyOfVitest(undefined, 1).failed).toEqual(failed);
    expect(tallyOfVitest(JSON.stringify(counted), 1)).toEqual({ ...counted, failed });
  });
});

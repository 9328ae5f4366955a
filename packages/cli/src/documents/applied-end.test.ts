import { expect, test } from "vitest";
import { appliedEnd } from "./applied-end.ts";

test.each([
  ["would-apply", "would-apply", "applied", 0],
  ["refused", "would-apply", "partial", 2],
  ["unknown", "would-apply", "partial", 1],
  ["would-apply", "unknown", "failed", 1],
  ["refused", "refused", "failed", 1],
] as const)(
  "a preview that says %s, of which was done what says %s, ends as %s with %i",
  (previewed, done, result, code) => {
    expect(appliedEnd(previewed, done)).toEqual({ result, code });
  },
);

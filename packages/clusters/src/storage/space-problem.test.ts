import { describe, expect, test } from "vitest";
import { type SpaceDemand, spaceProblem } from "./space-problem.ts";

const GIB = 2 ** 30;
const seats = (count: number): SpaceDemand => {
  return { words: ["seat may grow to", "seats may grow to"], count, each: 8 * GIB };
};
const copies: SpaceDemand = { words: ["copy takes", "copies take"], count: 1, each: 2 * GIB };

describe("disks on a storage", () => {
  test("fit up to its last byte, and wherever it does not tell what is free", () => {
    expect(spaceProblem("nas", { free: 26 * GIB }, [seats(3), copies])).toBeUndefined();
    expect(spaceProblem("nas", { free: undefined }, [seats(3)])).toBeUndefined();
    expect(spaceProblem("nas", { free: 0 }, [seats(0)])).toBeUndefined();
  });

  test.each([
    [[seats(3)], "3 seats may grow to 8 GiB each, 24 GiB in all, and storage 'nas' has 1 GiB free"],
    [[seats(1), seats(0)], "1 seat may grow to 8 GiB, and storage 'nas' has 1 GiB free"],
    [
      [seats(1), copies],
      "1 seat may grow to 8 GiB, 1 copy takes 2 GiB, 10 GiB in all, and storage 'nas' has 1 GiB free",
    ],
  ])("that do not fit are named with all numbers: %#", (demands, words) => {
    expect(spaceProblem("nas", { free: GIB }, demands)).toBe(words);
  });
});

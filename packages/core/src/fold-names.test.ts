import { describe, expect, test } from "vitest";
import { foldNames } from "./fold-names.ts";

describe("names", () => {
  test("that count up are one run from three on", () => {
    expect(foldNames(["seat-08", "seat-09", "seat-10", "seat-12", "seat-13"])).toEqual([
      "seat-08–seat-10",
      "seat-12",
      "seat-13",
    ]);
    expect(foldNames(["9998", "9999", "10000", "10001"])).toEqual(["9998–10001"]);
  });

  test("are left as they are when they do not count up, or down, or differ in their heads", () => {
    const names = ["ada", "grace", "a1", "b2", "c3", "x3", "x2", "x1", "y01", "y2", "y03"];
    expect(foldNames(names)).toEqual(names);
    expect(foldNames([])).toEqual([]);
  });
});

import { expect, test } from "vitest";
import { seatNames } from "./seat-names.ts";

test("keeps every name when a class grows past a hundred seats", () => {
  expect(seatNames(120).slice(0, 30)).toEqual(seatNames(30));
  expect(seatNames(120).at(-1)).toBe("seat-120");
  expect(new Set(seatNames(120)).size).toBe(120);
});

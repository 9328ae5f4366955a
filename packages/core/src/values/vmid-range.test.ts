import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as vmids from "./vmid-range.ts";

const vmid = fc.integer({ min: 100, max: 999_999_999 });
const range = fc.tuple(vmid, vmid).map(([a, b]) => vmids.vmidRange(Math.min(a, b), Math.max(a, b)));

describe("vmids", () => {
  test.each([100, 999_999_999, "100", "999999999"])("accepts %j", (value) => {
    expect(vmids.parseVmid(value)).toBe(Number(value));
  });

  test.each([99, 1_000_000_000, 100.5, Number.NaN, "99", "0100", "1e3", " 100", "100\n", ""])(
    "refuses %j",
    (value) => {
      expect(() => vmids.parseVmid(value)).toThrow("Choose vmids from 100 to 999999999");
    },
  );
});

describe("vmid ranges", () => {
  test("every range survives writing and reading", () => {
    fc.assert(
      fc.property(range, (one) => {
        expect(vmids.parseVmidRange(vmids.formatVmidRange(one))).toEqual(one);
      }),
    );
  });

  test.each(["9000", "9099-9000", "99-200", "100-1000000000", "a-b", "100 - 200"])("refuses %j", (text) => {
    expect(() => vmids.parseVmidRange(text)).toThrow();
  });

  test("overlap means that some vmid lies in both", () => {
    const small = fc.integer({ min: 100, max: 120 });
    fc.assert(
      fc.property(small, small, small, small, (a, b, c, d) => {
        const [left, right] = [
          vmids.vmidRange(Math.min(a, b), Math.max(a, b)),
          vmids.vmidRange(Math.min(c, d), Math.max(c, d)),
        ];
        const shared = Array.from({ length: 21 }, (_, i) => 100 + i).some(
          (id) => vmids.rangeHasVmid(left, id) && vmids.rangeHasVmid(right, id),
        );
        expect(vmids.rangesOverlap(left, right)).toBe(shared);
      }),
    );
  });

  test("free vmids are the lowest that nobody has, and no more than there are", () => {
    const four = vmids.vmidRange(100, 103);
    expect(vmids.vmidRangeSize(four)).toBe(4);
    expect(vmids.freeVmids(four, new Set([101, 500]), 2)).toEqual([100, 102]);
    expect(vmids.freeVmids(four, new Set([101]), 9)).toEqual([100, 102, 103]);
  });
});

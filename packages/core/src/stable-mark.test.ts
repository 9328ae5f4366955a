import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stableMark } from "./stable-mark.ts";

describe("stableMark", () => {
  test("stays the same in every release, since marks lie in Proxmox configurations", () => {
    expect(stableMark(["dev", "urn:pulumi:dev::lab", "ada"])).toMatchInlineSnapshot(`"715ea8696808154d"`);
  });

  test("differs when the parts differ, even if they join to the same text", () => {
    const parts = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        expect(stableMark(left) === stableMark(right)).toBe(JSON.stringify(left) === JSON.stringify(right));
      }),
    );
    expect(stableMark(["ab", "c"])).not.toBe(stableMark(["a", "bc"]));
  });

  test("is as long as asked for", () => {
    expect(stableMark(["a"], 8)).toMatch(/^[0-9a-f]{8}$/);
  });
});

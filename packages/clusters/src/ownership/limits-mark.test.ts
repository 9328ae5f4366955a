import { type Limits, stableMark } from "@coppice/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limitsIn, withLimits, withoutLimits } from "./limits-mark.ts";
import { ownComment, plainComment } from "./own-comment.ts";

const amount = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const someLimits: fc.Arbitrary<Limits> = fc.record(
  { machines: amount, cores: amount, memory: amount, storage: amount },
  { requiredKeys: [] },
);
const plain = fc
  .string({ unit: "grapheme" })
  .filter((text) => !text.includes("[coppice") && text === text.trimEnd());
const owner = { urn: "urn:pulumi:dev::lab::coppice:index:TenantPool::acme", id: "acme" };
const limits = { machines: 40, memory: 2 ** 38 };
const comment = withLimits("Physics", "acme", limits);
const code = (text: string, poolid = "acme") => {
  try {
    return limitsIn(text, poolid);
  } catch (error) {
    return String(error);
  }
};

describe("limits in a pool's comment", () => {
  test("are read as they were written, beside people's text and the mark of ownership", () => {
    fc.assert(
      fc.property(plain, someLimits, someLimits, (text, first, second) => {
        const written = withLimits(withLimits(text, "acme", first), "acme", second);
        const marked = ownComment(written, owner);
        expect(limitsIn(marked, "acme")).toEqual(second);
        expect(withoutLimits(plainComment(marked))).toBe(text);
      }),
    );
  });

  test("are none in a comment without them", () => {
    for (const text of ["", "Physics", ownComment("Physics", owner)])
      expect(limitsIn(text, "acme")).toBeUndefined();
  });

  test("are written anew over what nobody can read", () => {
    for (const broken of [
      "[coppice-limits",
      "[coppice-limits {}]",
      comment.replace("40", "400"),
      `${comment} ${comment}`,
    ])
      expect(withLimits(`Physics ${broken}`, "acme", limits)).toMatch(
        /^Physics.*\[coppice-limits \{[^[]*\]$/,
      );
  });

  test("are refused where somebody changed them, took them from another pool, or wrote them by hand", () => {
    const byHand = /pool 'acme' cannot be trusted: they were written or changed by hand.*\[quota\.mark\]/;
    expect(code(comment.replace("40", "400"))).toMatch(byHand);
    expect(code(withLimits("", "other", limits))).toMatch(byHand);
    expect(code("[coppice-limits machines=40]")).toMatch(byHand);
    expect(code(`${comment} ${withLimits("", "acme", { machines: 400 })}`)).toMatch(byHand);
  });

  test("of a newer version are refused as that, and amounts that are none too", () => {
    const marked = (text: string) => `[coppice-limits ${text} ${stableMark(["limits", "acme", text])}]`;
    expect(code(marked('{"version":2,"machines":40}'))).toMatch(
      /a newer version of Coppice.*\[quota\.mark\]/,
    );
    expect(code(marked('{"version":1,"cores":-1}'))).toMatch(/'cores' is no amount.*\[quota\.mark\]/);
  });
});

import { describe, expect, test } from "vitest";
import { CoppiceError } from "./coppice-error.ts";

describe("CoppiceError", () => {
  test("says what happened, why, and the way out in one sentence each", () => {
    const error = new CoppiceError("unit.invalid", { what: "A", why: "b", wayOut: "Do C" });
    expect(error.sentence).toBe("A: b. Do C");
    expect(new CoppiceError("unit.invalid", { what: "A" }).sentence).toBe("A");
    expect(new CoppiceError("unit.invalid", { what: "A", why: "b.", wayOut: "Do C" }).sentence).toBe(
      "A: b. Do C",
    );
    expect(new CoppiceError("unit.invalid", { what: "A", wayOut: "Do C" }).sentence).toBe("A. Do C");
  });

  test("shows its code wherever its message is shown", () => {
    expect(new CoppiceError("unit.invalid", { what: "A", why: "b" }).message).toBe("A: b [unit.invalid]");
  });

  test("takes the audience from its code", () => {
    expect(new CoppiceError("unit.invalid", { what: "A" }).audience).toBe("user");
    expect(new CoppiceError("random.invalid", { what: "A" }).audience).toBe("bug");
  });

  test("keeps the cause and plain details", () => {
    const cause = new Error("below");
    const error = new CoppiceError("unit.invalid", { what: "A", cause, details: { vmid: 100 } });
    expect(error.cause).toBe(cause);
    expect(error.details).toEqual({ vmid: 100 });
  });

  test("takes anything else that was caught for a bug of ours, with a code of its own", () => {
    const ours = new CoppiceError("unit.invalid", { what: "A" });
    expect(CoppiceError.of(ours)).toBe(ours);
    const cause = new TypeError("x is not a function");
    const found = CoppiceError.of(cause);
    expect([found.code, found.audience, found.why, found.cause]).toEqual([
      "provider.unexpected",
      "bug",
      "x is not a function",
      cause,
    ]);
    expect(CoppiceError.of("lost").why).toBe("lost");
  });

  test("is recognised by its marker, also when made by another copy of the class", () => {
    const foreign = Object.assign(new Error("A"), { [Symbol.for("@coppice/core.CoppiceError")]: true });
    expect(CoppiceError.is(new CoppiceError("unit.invalid", { what: "A" }))).toBe(true);
    expect(CoppiceError.is(foreign)).toBe(true);
    expect(CoppiceError.is(new Error("A"))).toBe(false);
    expect(CoppiceError.is({ code: "unit.invalid" })).toBe(false);
    expect(CoppiceError.is(undefined)).toBe(false);
  });
});

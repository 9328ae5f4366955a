import { describe, expect, test } from "vitest";
import { CoppiceError } from "./coppice-error.ts";

describe("CoppiceError", () => {
  test("says what happened, why, and the way out in one sentence each", () => {
    const error = new CoppiceError("vmid.invalid", { what: "A", why: "b", wayOut: "Do C" });
    expect(error.message).toBe("A: b. Do C");
    expect(new CoppiceError("vmid.invalid", { what: "A" }).message).toBe("A");
    expect(new CoppiceError("vmid.invalid", { what: "A", wayOut: "Do C" }).message).toBe("A. Do C");
  });

  test("takes the audience from its code", () => {
    expect(new CoppiceError("vmid.invalid", { what: "A" }).audience).toBe("user");
    expect(new CoppiceError("random.invalid", { what: "A" }).audience).toBe("bug");
  });

  test("keeps the cause and plain details", () => {
    const cause = new Error("below");
    const error = new CoppiceError("unit.invalid", { what: "A", cause, details: { vmid: 100 } });
    expect(error.cause).toBe(cause);
    expect(error.details).toEqual({ vmid: 100 });
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

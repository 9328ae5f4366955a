import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CoppiceError } from "../errors/coppice-error.ts";
import { findNameProblem, parseName } from "./name.ts";

/** `dns-name` of pve-common's JSONSchema.pm, which every guest name has to match. */
const proxmoxName = /^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\.)*([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)$/;

function refusalOf(work: () => unknown): CoppiceError {
  try {
    work();
  } catch (error) {
    if (CoppiceError.is(error)) return error;
  }
  throw new Error("was not refused");
}

describe("names", () => {
  test("every accepted class and seat name makes a guest name that Proxmox takes", () => {
    const text = fc.oneof(fc.stringMatching(/^[a-z0-9-]{1,34}$/), fc.stringMatching(/^[a-z0-9.A_-]{1,4}$/));
    fc.assert(
      fc.property(text, text, (group, seat) => {
        fc.pre(!findNameProblem("class", group) && !findNameProblem("seat", seat));
        const guest = `${group}-${seat}`;
        expect(guest).toMatch(proxmoxName);
        expect(findNameProblem("guest", guest)).toBeUndefined();
      }),
    );
  });

  test("the longest class and seat names together still fit into one label", () => {
    expect(findNameProblem("guest", `${"a".repeat(32)}-${"b".repeat(30)}`)).toBeUndefined();
    expect(findNameProblem("class", "a".repeat(33))).toBe("it has 33 characters, at most 32 are possible");
    expect(findNameProblem("seat", "a".repeat(31))).toContain("at most 30");
    expect(findNameProblem("guest", "a".repeat(64))).toContain("at most 63");
  });

  test.each([
    ["", "it is empty"],
    ["-a", "begin and end"],
    ["a-", "begin and end"],
    ["Ada", "lower-case"],
    ["a.b", "lower-case"],
    ["a_b", "lower-case"],
    ["a\n", "lower-case"],
    ["../etc", "lower-case"],
    ["ä", "lower-case"],
    ["constructor", "a word of JavaScript"],
  ])("refuses %j and says why", (text, why) => {
    expect(() => parseName("seat", text)).toThrow(why);
  });

  test("whatever is refused, the proposed name would be accepted", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        fc.pre(findNameProblem("class", text) !== undefined);
        const proposal = /^"([^"]+)" would do$/.exec(
          refusalOf(() => parseName("class", text)).wayOut ?? "",
        )?.[1];
        if (proposal !== undefined) expect(findNameProblem("class", proposal)).toBeUndefined();
      }),
    );
    expect(refusalOf(() => parseName("class", "Café du Nord!")).wayOut).toBe('"cafe-du-nord" would do');
  });
});

import { expect, test } from "vitest";
import { redact } from "./redact.ts";

test("hides every occurrence of a secret, plain and percent-encoded", () => {
  const secret = "p@ss word";
  expect(redact(`a ${secret} b ${encodeURIComponent(secret)} ${secret}`, [secret])).toBe("a *** b *** ***");
});

test("hides the longer of two secrets whole when one holds the other", () => {
  expect(redact("user@pve!t=abcdef", ["abcdef", "user@pve!t=abcdef"])).toBe("***");
});

test("leaves ordinary words alone when a secret is very short", () => {
  expect(redact("the x axis", ["x"])).toBe("the x axis");
});

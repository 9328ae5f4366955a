import { labClassKind } from "@coppice/core";
import { isSecret, type Output, output, secret } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import type { LabClassArgs } from "../generated/arguments.ts";
import { givenArgs } from "./given-args.ts";

const args: LabClassArgs = {
  template: { vmid: 9000 },
  seats: 25,
  storage: output("nas"),
  vmids: { from: 20_000, to: 20_999 },
};

test("what has no secret stays as it was given, outputs too", () => {
  expect(givenArgs(labClassKind, args)).toEqual(args);
});

test.each([
  ["a plain text", "geheim"],
  ["a promise", Promise.resolve("geheim")],
  ["a secret", secret("geheim")],
])("a password is a secret output beside what is readable, given as %s", async (_, password) => {
  const { cloudInit } = givenArgs(labClassKind, { ...args, cloudInit: { user: "ada", password } });
  expect(Object.keys(cloudInit ?? {})).toEqual(["user", "password"]);
  expect(cloudInit?.user).toBe("ada");
  // `as`: whatever was given, `secret` makes an output of it.
  expect(await isSecret(cloudInit?.password as Output<string>)).toBe(true);
});

test("what is null is left out, inside too", () => {
  const nothing = { roster: null, cloudInit: { user: "ada", password: null } };
  // `as`: a program in JavaScript can give null, which the type does not allow.
  const given = givenArgs(labClassKind, { ...args, ...nothing } as unknown as LabClassArgs);
  expect(given).toEqual({ ...args, cloudInit: { user: "ada" } });
});

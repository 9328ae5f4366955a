import { userInfo } from "node:os";
import { expect, test } from "vitest";
import { accountHome } from "./account-home.ts";

test("the engine's files are in the home of the account, whatever HOME says", () => {
  expect(accountHome({ HOME: "/elsewhere" })).toBe(userInfo().homedir);
});

test("of an account that the system does not know they are where HOME says", () => {
  expect(accountHome({ HOME: "/elsewhere" }, () => undefined)).toBe("/elsewhere");
});

import { CoppiceError } from "@coppice/core";
import { ToolchainError } from "@coppice/toolchain";
import { expect, test } from "vitest";
import { failureText } from "./failure-text.ts";

test("an error meant for readers is its sentence, without a stack", () => {
  const refused = new CoppiceError("unit.invalid", { what: "The size cannot be read" });
  expect(failureText(refused)).toBe(`coppice: ${refused.message}`);
  const toolchain = new ToolchainError({ what: "there is no go", wayOut: "Install Go." });
  expect(failureText(toolchain)).toBe("coppice: there is no go.\nInstall Go.");
});

test("any other error is our mistake and shows where it happened", () => {
  expect(failureText(new TypeError("x is undefined"))).toMatch(
    /please report.*TypeError: x is undefined\n {4}at /s,
  );
  expect(failureText("text")).toContain("text");
});

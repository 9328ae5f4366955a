import { readFile } from "node:fs/promises";
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

test("what the system refuses is told as what it is, with its code and the way out", async () => {
  const refused = Object.assign(new Error("EACCES: permission denied, mkdir '/root/foo'"), {
    code: "EACCES",
    path: "/root/foo",
  });
  expect(failureText(refused)).toMatch(
    /^coppice: \/root\/foo cannot be used: this account has no right.* \[EACCES\]$/,
  );
  const missing: unknown = await readFile("/nonexistent/file").catch((error: unknown) => error);
  expect(failureText(missing)).toMatch(/\/nonexistent\/file cannot be used: it does not exist.*\[ENOENT\]$/);
  const endless: unknown = await readFile("/x".repeat(5000)).catch((error: unknown) => error);
  expect(failureText(endless)).toMatch(
    /cannot be used: its name is too long\. Check the name \[ENAMETOOLONG\]$/,
  );
  const circle = Object.assign(new Error("ELOOP"), { code: "ELOOP", path: "loop.yaml" });
  expect(failureText(circle)).toMatch(/^coppice: loop\.yaml cannot be used: links .* \[ELOOP\]$/);
});

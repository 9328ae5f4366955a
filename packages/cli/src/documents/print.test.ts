import { CoppiceError } from "@coppice/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { InterruptedError } from "../terminal/interrupted-error.ts";
import { printingFailures } from "./print.ts";

let out = "";
let err = "";
const before = process.exitCode;
beforeEach(() => {
  [out, err] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => (out += String(text)) !== "");
  vi.spyOn(process.stderr, "write").mockImplementation((text) => (err += String(text)) !== "");
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = before;
});

const failing = async (error: unknown, printing: { json?: boolean; markdown?: boolean }) => {
  await printingFailures("up", printing, () => Promise.reject(error));
  return process.exitCode;
};

test("who stops a command at its question, or before it began, is told that; it is neither a success nor a bug", async () => {
  expect(await failing(new InterruptedError(), { json: true })).toBe(130);
  expect(JSON.parse(out)).toMatchObject({ command: "up", result: "cancelled" });
  expect(err).toBe("coppice: stopped before this command changed any machine\n");
});

test("the comment of a stopped preview says that it was stopped", async () => {
  await failing(new InterruptedError(), { markdown: true });
  expect(out).toContain("### Coppice: stopped");
});

test("a refusal exits with 2, what nobody could tell with 1", async () => {
  expect(await failing(new CoppiceError("document.missing", { what: "No file" }), {})).toBe(2);
  expect(await failing(new CoppiceError("pve.connection", { what: "No answer" }), {})).toBe(1);
});

test("a drift that nobody could look for is none that was found", async () => {
  const missing = new CoppiceError("document.missing", { what: "No file" });
  await printingFailures("drift", { json: true }, () => Promise.reject(missing));
  expect(process.exitCode).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ command: "drift", result: "unknown" });
});

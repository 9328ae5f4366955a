import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readHostArguments } from "./host-arguments.js";
import { hostVersion } from "./host-version.js";

test("the engine's address is the last argument, after flags with one dash or two", () => {
  const expected = { version: false, tracing: "http://zipkin", engineAddress: "127.0.0.1:5" };
  expect(readHostArguments(["--tracing", "http://zipkin", "127.0.0.1:5"])).toEqual(expected);
  expect(readHostArguments(["-tracing=http://zipkin", "127.0.0.1:5"])).toEqual(expected);
});

test("a host without an engine is for attaching by hand", () => {
  expect(readHostArguments([]).engineAddress).toBe("");
});

test("other runtimes are refused", () => {
  expect(() => readHostArguments(["--runtime=bun"])).toThrow("unsupported runtime: bun");
});

test("the version is the package's", () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(manifest).toMatchObject({ version: hostVersion });
});

import { describe, expect, test } from "vitest";
import { programConfig } from "./program-config.js";
import { readRuntimeOptions } from "./runtime-options.js";

describe("runtime options", () => {
  test("have the defaults of the official host", () => {
    const defaults = {
      typescript: true,
      tsconfig: "",
      nodeArgs: [],
      packageManager: "auto",
      production: false,
    };
    expect(readRuntimeOptions({})).toEqual(defaults);
  });

  test.each([
    [{ typescript: "false" }, "typescript option must be a boolean"],
    [{ nodeargs: 3 }, "nodeargs option must be a string"],
    [{ tsconfig: {} }, "tsconfig option must be a string"],
    [{ production: "yes" }, "production option must be a boolean"],
    [
      { packagemanager: "make" },
      'packagemanager option must be one of auto, npm, yarn, pnpm or bun, got "make"',
    ],
  ])("of the wrong kind (%j) are refused by name", (options, message) => {
    expect(() => readRuntimeOptions(options)).toThrow(message);
  });
});

describe("a program's configuration", () => {
  test("is passed with keys that old SDKs understand too", () => {
    const config = { "lab:seats": "25", "aws:config:region": "x", "lab:config": "y", "lab:a:b": "z" };
    expect(JSON.parse(programConfig(config))).toEqual({
      "lab:config:seats": "25",
      "aws:config:region": "x",
      "lab:config:config": "y",
      "lab:config:a:b": "z",
    });
  });

  test("keeps a key named like a property of every object", () => {
    expect(programConfig({ "__proto__:x": "1" })).toBe('{"__proto__:config:x":"1"}');
  });
});

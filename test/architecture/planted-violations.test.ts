import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as planted from "./planted/violations.data.ts";
import { PlantedWorkspace } from "./planted/workspace.ts";

// Every case starts compilers and linters, which on two busy cores take many times their usual seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const usedByCore = [
  "/** What others use of core. */",
  "export const core: number = 0;",
  'export { plain } from "./half-typed.ts";',
  'export { wanted } from "./half-used.ts";',
  "",
].join("\n");

const cases = [
  { check: "lint", violations: planted.lintViolations, extra: {} },
  { check: "imports", violations: planted.importViolations, extra: planted.importNeighbours },
  {
    check: "unused",
    violations: planted.unusedViolations,
    extra: { "packages/core/src/index.ts": usedByCore },
  },
  { check: "source", violations: planted.sourceViolations, extra: planted.sourceNeighbours },
  {
    check: "repository",
    violations: planted.repositoryViolations,
    extra: planted.repositoryNeighbours,
  },
] as const;

describe.each(cases)("the check $check", ({ check, violations, extra }) => {
  let workspace: PlantedWorkspace;
  let result: { readonly output: string; readonly exitCode: number };

  beforeAll(async () => {
    const files = Object.fromEntries(violations.map(({ file, text }) => [file, text]));
    workspace = new PlantedWorkspace({ ...files, ...extra });
    result = await workspace.check(check);
  });
  afterAll(() => workspace[Symbol.dispose]());

  test("fails", () => {
    expect(result.output).toContain(`failed ${check}`);
    expect(result.exitCode).toBe(1);
  });

  test.each(violations)("reports $rule in $file", ({ rule, file }) => {
    const places = result.output.split("\n").map((line) => line.trim().split(" ").slice(0, 2).join(" "));
    const reported = places.map((place) => place.replace(/:\d+$/, ""));
    expect(reported, result.output).toContain(`${rule} ${file}`);
  });
});

test("names that files of one package share among themselves need no doc comment", async () => {
  using workspace = new PlantedWorkspace({
    "packages/core/src/shared.ts": "export const shared = 1;\n",
  });
  expect((await workspace.check("source")).output).toContain("ok source");
});

test("a page that exists is cited without complaint", async () => {
  using workspace = new PlantedWorkspace(planted.repositoryNeighbours);
  expect((await workspace.check("repository")).output).toContain("ok repository");
});

describe("the other checks", () => {
  test("a workspace without faults passes every check", async () => {
    using workspace = new PlantedWorkspace({});
    const { output, exitCode } = await workspace.check();
    expect(
      output
        .replace(/ \d+\.\d s/g, "")
        .trim()
        .split("\n")
        .sort(),
    ).toEqual(
      ["format", "imports", "lint", "repository", "source", "test-types", "types", "unused"].map(
        (name) => `ok ${name}`,
      ),
    );
    expect(exitCode).toBe(0);
  });

  test("types reports a wrong type in a package and test-types one in a test", async () => {
    using workspace = new PlantedWorkspace({
      "packages/core/src/wrong.ts": 'export const wrong: number = "text";\n',
      "packages/core/src/wrong.test.ts": 'export const alsoWrong: number = "text";\n',
    });
    const { output } = await workspace.check("types", "test-types");
    expect(output).toContain("TS2322 packages/core/src/wrong.ts:1");
    expect(output).toContain("TS2322 packages/core/src/wrong.test.ts:1");
  });

  test("types refuses syntax that Node cannot strip", async () => {
    using workspace = new PlantedWorkspace({
      "packages/core/src/enum.ts": "export enum Color {\n  Red,\n}\n",
    });
    expect((await workspace.check("types")).output).toContain("TS1294 packages/core/src/enum.ts:1");
  });

  test("format reports a badly formatted file and imports out of order", async () => {
    using workspace = new PlantedWorkspace({
      "packages/core/src/ugly.ts": "export   const a=1\n",
      "packages/core/src/order.ts":
        'import b from "node:path";\nimport a from "node:fs";\n\nexport const c = [a, b];\n',
    });
    const { output } = await workspace.check("format");
    expect(output).toContain("format packages/core/src/ugly.ts");
    expect(output).toContain("assist/source/organizeImports packages/core/src/order.ts");
  });

  test("imports fails when dependency-cruiser sees no module of ours", async () => {
    using workspace = new PlantedWorkspace({});
    workspace.remove("packages");
    expect((await workspace.check("imports")).output).toContain("no-modules-seen");
  });

  test("a check that does not exist is refused", async () => {
    using workspace = new PlantedWorkspace({});
    const { output, exitCode } = await workspace.check("spelling");
    expect(output).toContain("There is no check spelling. Known are types,");
    expect(exitCode).toBe(1);
  });
});

describe("manifests", () => {
  const bad = {
    name: "@coppice/pve",
    version: "0.9.0",
    description: "",
    license: "MIT",
    type: "module",
    exports: { ".": { import: "./dist/index.js" } },
    engines: { node: ">=22.18" },
    dependencies: { "@coppice/core": "^1.0.0", "@coppice/emulator": "1.0.0" },
  };

  let output = "";

  beforeAll(async () => {
    using workspace = new PlantedWorkspace({ "packages/pve/package.json": JSON.stringify(bad) });
    ({ output } = await workspace.check("repository"));
  });

  test.each([
    "manifest packages/pve/package.json the version must be 1.0.0",
    "manifest packages/pve/package.json a description is missing",
    "manifest packages/pve/package.json the license must be Apache-2.0",
    "manifest packages/pve/package.json files is missing",
    'manifest packages/pve/package.json exports["."] must hold types, then default',
    "loose-pin packages/pve/package.json @coppice/core must be an exact version",
    "project-reference packages/pve/tsconfig.json a reference to emulator is missing",
  ])("are compared: %s", (finding) => {
    expect(output).toContain(finding);
  });
});

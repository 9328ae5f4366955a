import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { programDependencies } from "./program-dependencies.js";
import { requiredPackages } from "./required-packages.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "coppice-packages-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, manifest: object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), JSON.stringify(manifest));
}

function install(name: string, manifest: object = {}, inside = ""): void {
  write(join(inside, "node_modules", name, "package.json"), { name, version: "1.2.3", ...manifest });
}

function pluginNames(): string[] {
  return requiredPackages(root).map(({ name }) => name);
}

const plugin = { pulumi: { resource: true, name: "lab" } };

describe("the plugins that a program needs", () => {
  test("are named by its dependencies, with version and server", () => {
    write("package.json", { dependencies: { a: "*" } });
    install("a", {
      pulumi: { resource: true, name: "lab", version: "9.0.0", server: "https://plugins.test" },
    });
    expect(requiredPackages(root)).toEqual([
      { name: "lab", version: "v9.0.0", server: "https://plugins.test" },
    ]);
  });

  test("have the version of their package when they name none, and the scope @pulumi names itself", () => {
    write("package.json", { dependencies: { "@pulumi/random": "*" } });
    install("@pulumi/random", { pulumi: { resource: true } });
    expect(requiredPackages(root)).toEqual([{ name: "random", version: "v1.2.3", server: "" }]);
  });

  test("include those of a dependency's dependency, also where it lies nested", () => {
    write("package.json", { devDependencies: { a: "*" } });
    install("a", { dependencies: { b: "*" } });
    install("b", plugin, "node_modules/a");
    expect(pluginNames()).toEqual(["lab"]);
  });

  test("do not include what merely lies in node_modules", () => {
    write("package.json", { dependencies: { a: "*" } });
    install("a", { devDependencies: { stranger: "*" } });
    install("stranger", plugin);
    expect(pluginNames()).toEqual([]);
  });

  test("include a peer, but an optional one only when the program itself lists it", () => {
    install("a", { peerDependencies: { b: "*" }, peerDependenciesMeta: { b: { optional: true } } });
    install("b", plugin);
    write("package.json", { dependencies: { a: "*" } });
    expect(pluginNames()).toEqual([]);
    write("package.json", { dependencies: { a: "*", b: "*" } });
    expect(pluginNames()).toEqual(["lab"]);
  });

  test("are found through the links of a workspace, from a folder below package.json", () => {
    write("packages/a/package.json", { name: "a", version: "0.1.0", ...plugin });
    mkdirSync(join(root, "node_modules"));
    symlinkSync(join(root, "packages/a"), join(root, "node_modules/a"), "dir");
    write("stack/package.json", { dependencies: { a: "*" } });
    mkdirSync(join(root, "stack/infra"));
    expect(requiredPackages(join(root, "stack/infra"))).toEqual([
      { name: "lab", version: "v0.1.0", server: "" },
    ]);
  });

  test("are found once where packages depend on each other", () => {
    write("package.json", { dependencies: { a: "*" } });
    install("a", { ...plugin, dependencies: { b: "*" } });
    install("b", { dependencies: { a: "*" } });
    expect(pluginNames()).toEqual(["lab"]);
  });

  test("that a stranger's package does not name are none", () => {
    write("package.json", { dependencies: { a: "*" } });
    install("a", { pulumi: { resource: true } });
    expect(pluginNames()).toEqual([]);
  });

  test("carry the parameter of a bridged package", () => {
    const parameterization = { name: "random", version: "3.0.0", value: "eyJ9" };
    write("package.json", { dependencies: { a: "*" } });
    install("a", { pulumi: { ...plugin.pulumi, parameterization } });
    expect(requiredPackages(root)[0]?.parameterization).toEqual(parameterization);
  });

  test("cannot be told from a broken package.json, which is named", () => {
    write("package.json", { dependencies: { a: "*" } });
    install("a");
    writeFileSync(join(root, "node_modules/a/package.json"), "{");
    expect(() => requiredPackages(root)).toThrow(/node_modules.a.package\.json is not valid JSON/);
  });
});

test("the dependencies of a program are its own, or all", () => {
  write("package.json", { dependencies: { b: "*", missing: "*" }, devDependencies: { a: "*" } });
  install("a");
  install("b", { dependencies: { c: "*" } });
  install("c");
  const version = "1.2.3";
  expect(programDependencies(root, false)).toEqual([
    { name: "a", version },
    { name: "b", version },
  ]);
  expect(programDependencies(root, true).map(({ name }) => name)).toEqual(["a", "b", "c"]);
});

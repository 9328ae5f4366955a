import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { loadedModules } from "./loaded-modules.ts";

const packages = resolve(import.meta.dirname, "../../packages");

/** The npm packages among loaded files, our own ones by their folder. */
function packagesAmong(files: readonly string[]): Set<string> {
  const names = files.map((file) => {
    const installed = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
    return installed ?? /\/packages\/([^/]+)\/dist\//.exec(file)?.[1];
  });
  return new Set(names.filter((name) => name !== undefined));
}

describe("importing a built package", () => {
  test("the components' entry loads neither ssh2 nor undici, although the provider needs both", async () => {
    const loaded = packagesAmong(await loadedModules("@coppice/components", `${packages}/cli`));
    expect([...loaded]).toContain("components");
    expect([...loaded]).toContain("@pulumi/pulumi");
    expect([...loaded].filter((name) => ["ssh2", "undici", "pve"].includes(name))).toEqual([]);
  });

  test("the same probe does see undici and ssh2 where they are loaded", async () => {
    const loaded = packagesAmong(await loadedModules("@coppice/pve", `${packages}/cli`));
    expect([...loaded]).toEqual(expect.arrayContaining(["pve", "undici"]));
    expect([...packagesAmong(await loadedModules("ssh2", `${packages}/pve`))]).toContain("ssh2");
  });

  test("the Proxmox client leaves ssh2 until a connection is opened", async () => {
    const loaded = packagesAmong(await loadedModules("@coppice/pve", `${packages}/cli`));
    expect([...loaded]).not.toContain("ssh2");
  });

  test("core loads nothing but itself", async () => {
    const loaded = packagesAmong(await loadedModules("@coppice/core", `${packages}/cli`));
    expect([...loaded]).toEqual(["core"]);
  });
});

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

  test("the Proxmox client leaves both until a connection is opened", async () => {
    const loaded = packagesAmong(await loadedModules("@coppice/pve", `${packages}/cli`));
    expect([...loaded]).toContain("pve");
    expect([...loaded].filter((name) => ["ssh2", "undici"].includes(name))).toEqual([]);
  });

  test("the way to registered clusters loads no client before a connection is made", async () => {
    const loaded = packagesAmong(await loadedModules("@coppice/clusters/connections", `${packages}/cli`));
    expect([...loaded].sort()).toEqual(["clusters", "core"]);
  });

  test.each(["ssh2", "undici"])("the same probe does see %s where it is loaded", async (name) => {
    expect([...packagesAmong(await loadedModules(name, `${packages}/pve`))]).toContain(name);
  });

  test("core loads nothing but itself", async () => {
    const loaded = packagesAmong(await loadedModules("@coppice/core", `${packages}/cli`));
    expect([...loaded]).toEqual(["core"]);
  });
});

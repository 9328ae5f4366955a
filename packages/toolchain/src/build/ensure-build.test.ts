import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type FakeMachine, fakeMachine } from "../fixtures/fake-machine.ts";
import { ensureBuild } from "./ensure-build.js";

/** A checkout with one package, and a "compiler" that writes what tsc would. */
function checkout(machine: FakeMachine, script = "") {
  const root = join(machine.folder, "checkout");
  const folder = join(root, "packages", "one");
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "tsconfig.json"), "{}");
  writeFileSync(join(folder, "src", "index.ts"), "export const one = 1;\n");
  const made = join(folder, "dist", ".tsbuildinfo");
  const node = machine.program("compiler", script || `/bin/mkdir -p '${folder}/dist'; echo '{}' > '${made}'`);
  const build = () => ensureBuild(machine.host(), root, node);
  return { root, folder, build, builds: () => machine.calls().length };
}

describe("the build", () => {
  test("runs once, and not again while nothing changes", async () => {
    using machine = fakeMachine();
    const { root, build, builds } = checkout(machine);
    await build();
    await build();
    expect(builds()).toBe(1);
    expect(machine.calls()[0]).toBe(`compiler ${join(root, "node_modules/typescript/bin/tsc")} -b`);
  });

  test.each([
    ["a source changes", (folder: string) => writeFileSync(join(folder, "src/index.ts"), "export {};\n")],
    ["a source appears", (folder: string) => writeFileSync(join(folder, "src/two.ts"), "")],
    ["a source goes", (folder: string) => rmSync(join(folder, "src/index.ts"))],
    ["its settings change", (folder: string) => writeFileSync(join(folder, "tsconfig.json"), "{ }")],
    [
      "a policy pack comes",
      (folder: string) => {
        const pack = join(folder, "../../policies/two");
        mkdirSync(join(pack, "dist"), { recursive: true });
        for (const file of ["tsconfig.json", "dist/.tsbuildinfo"]) writeFileSync(join(pack, file), "{}");
      },
    ],
    ["its result is removed", (folder: string) => rmSync(join(folder, "dist"), { recursive: true })],
  ])("runs again when %s", async (_case, change) => {
    using machine = fakeMachine();
    const { folder, build, builds } = checkout(machine);
    await build();
    change(folder);
    await build();
    expect(builds()).toBe(2);
  });

  test("shows the compiler's lines when it fails, and runs again next time", async () => {
    using machine = fakeMachine();
    const { build, builds } = checkout(machine, "echo 'src/index.ts(1,1): error TS1'; exit 1");
    await expect(build()).rejects.toThrow(/the TypeScript build failed.*error TS1/s);
    await expect(build()).rejects.toThrow("error TS1");
    expect(builds()).toBe(2);
  });
});

test("two builds at once compile once", async () => {
  using machine = fakeMachine();
  const { root, build, builds } = checkout(machine);
  await Promise.all([build(), build()]);
  expect(builds()).toBe(1);
  expect(readFileSync(join(root, ".coppice", "build.stamp"), "utf8")).toMatch(/^[0-9a-f]{64}$/);
});

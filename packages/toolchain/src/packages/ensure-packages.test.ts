import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type FakeMachine, fakeMachine } from "../fixtures/fake-machine.ts";
import { ensurePackages } from "./ensure-packages.js";

const left = { version: "1.0.0", integrity: "sha512-left" };
const lockfile = {
  packages: {
    "": { version: "9.9.9" },
    "node_modules/left": left,
    "node_modules/for-macs": { version: "1.0.0", integrity: "sha512-mac", optional: true, os: ["darwin"] },
  },
};

function checkout(machine: FakeMachine, installed?: object): string {
  const root = join(machine.folder, "checkout");
  mkdirSync(join(root, "node_modules", ".bin"), { recursive: true });
  writeFileSync(join(root, "package-lock.json"), JSON.stringify(lockfile));
  if (installed) write(root, installed);
  const record = JSON.stringify({ packages: { "node_modules/left": left } });
  machine.program(
    "npm",
    `echo "$PATH" > '${machine.folder}/path'; echo '${record}' > node_modules/.package-lock.json`,
  );
  return root;
}

function write(root: string, packages: object): void {
  writeFileSync(join(root, "node_modules", ".package-lock.json"), JSON.stringify({ packages }));
}

const install = "npm ci --ignore-scripts --no-audit --no-fund --loglevel=error";

describe("npm ci runs, without install scripts, when", () => {
  test.each([
    ["nothing was installed, or npm was killed before its record", undefined],
    ["a package is missing", {}],
    ["a version differs", { "node_modules/left": { ...left, version: "0.9.0" } }],
    ["a content differs", { "node_modules/left": { ...left, integrity: "sha512-other" } }],
  ])("%s", async (_case, installed) => {
    using machine = fakeMachine();
    const root = checkout(machine, installed);
    await ensurePackages(machine.host(), root);
    expect(machine.calls()).toEqual([install]);
    await ensurePackages(machine.host(), root);
    expect(machine.calls()).toEqual([install]);
  });
});

test("nothing is called when all is there; packages for other systems may be absent", async () => {
  using machine = fakeMachine();
  const root = checkout(machine, { "node_modules/left": left });
  await ensurePackages(machine.host(), root);
  expect(machine.calls()).toEqual([]);
  expect(machine.reported).toEqual([]);
});

test("npm does not run on the Node that it is about to remove", async () => {
  using machine = fakeMachine();
  const root = checkout(machine);
  const inside = join(root, "node_modules", ".bin");
  await ensurePackages(machine.host({ env: { PATH: `${inside}:${machine.bin}` } }), root);
  expect(readFileSync(join(machine.folder, "path"), "utf8").trim()).toBe(machine.bin);
});

test("a failure shows npm's first lines and the way out", async () => {
  using machine = fakeMachine();
  const root = checkout(machine);
  machine.program("npm", 'for i in ENOTFOUND 2 3 4 5 log; do echo "npm error $i" >&2; done; exit 1');
  await expect(ensurePackages(machine.host(), root)).rejects.toThrow(
    /npm ci failed with exit code 1:\nENOTFOUND\n2\n3\n4\n5\nnpm needs the registry/,
  );
});

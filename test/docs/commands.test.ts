import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { EmulatedCluster } from "@coppice/testkit";
import { describe, expect, test } from "vitest";
import { markdownPages, root, snippetsOf } from "./markdown.ts";

const exec = promisify(execFile);
const pages = markdownPages();
const coppice = join(root, "packages/cli/bin/coppice.js");

/** The distinct matches of an expression's first group in all pages. */
function named(expression: RegExp): string[] {
  const found = pages.flatMap(({ text }) =>
    [...text.matchAll(expression)].map(([, name = ""]) => name.trim()),
  );
  return [...new Set(found)].sort();
}

function scriptsOf(project: string): string[] {
  // Our own files, of this shape; npm refuses them otherwise.
  const manifest = JSON.parse(readFileSync(join(root, project, "package.json"), "utf8")) as {
    scripts: object;
  };
  return Object.keys(manifest.scripts);
}

describe("commands that the pages name", () => {
  const all = named(/(?:`|^ *)coppice ((?:cluster )?[a-z][a-z-]*)/gm);

  test("include the main ones", () => {
    expect(all).toEqual(expect.arrayContaining(["cluster check", "new", "pulumi"]));
  });

  test.each(all)("coppice %s exists", async (command) => {
    const words = command.split(" ");
    const { stdout } = await exec(process.execPath, [coppice, ...words.slice(0, -1), "--help"]);
    expect(stdout).toMatch(new RegExp(`^  ${words.at(-1)} `, "m"));
  });

  test("npm scripts exist, in the project that a page is about", () => {
    const wanted = pages.flatMap(({ path, text }) => {
      const project = /^packages\/cli\/templates\/[^/]+/.exec(path)?.[0] ?? ".";
      return [...text.matchAll(/npm (?:run )?(test|(?<=run )[a-z]+)/g)].map(([, script]) => [
        project,
        script,
      ]);
    });
    expect(wanted).toEqual(
      expect.arrayContaining([
        [".", "demo"],
        [".", "test"],
        ["packages/cli/templates/lab-class", "up"],
      ]),
    );
    const missing = wanted.filter(([project = "", script = ""]) => !scriptsOf(project).includes(script));
    expect(missing).toEqual([]);
  });
});

const MAKES_USER = "pveum user add coppice@pve";

test("the pages' commands for an operator are carried out by a node", async () => {
  const blocks = pages
    .flatMap(snippetsOf)
    .filter(({ language, code }) => language === "sh" && /^pveum /m.test(code))
    // Whoever is given more has to be there.
    .sort((one, other) => Number(other.code.includes(MAKES_USER)) - Number(one.code.includes(MAKES_USER)));
  expect(blocks.length).toBeGreaterThan(0);
  await using lab = await EmulatedCluster.start({ nodes: 1 });
  await lab.shell("pve1", "pvesh create /pools --poolid lab");
  for (const { code } of blocks) await lab.shell("pve1", `set -e\n${code}`);
  expect(await lab.shell("pve1", "pveum user list")).toContain("coppice@pve");
  expect(await lab.shell("pve1", "cut -d ' ' -f 1,2 /etc/ssh/ssh_host_ed25519_key.pub")).toMatch(
    /^ssh-ed25519 \S+\n$/,
  );
});

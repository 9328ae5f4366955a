import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findDocumentFiles } from "./find-document-files.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-files-"));
});
afterEach(() => rm(folder, { recursive: true }));

const find = async (...paths: string[]) => {
  const files = await findDocumentFiles(paths.map((path) => join(folder, path)));
  return files.map((file) => file.slice(folder.length + 1));
};

test("a folder means its documents, sorted, and not what tools keep there", async () => {
  await mkdir(join(folder, "all/more"), { recursive: true });
  await mkdir(join(folder, "all/node_modules"));
  const files = ["b.yml", "a.yaml", "more/c.json", "Pulumi.dev.yaml", "package.json", ".x.yaml", "README.md"];
  for (const file of [...files, "node_modules/d.yaml"]) await writeFile(join(folder, "all", file), "");
  expect(await find("all")).toEqual(["all/a.yaml", "all/b.yml", "all/more/c.json"]);
});

test("of a folder ordinary files alone are read, also by a link, and a link that leads nowhere is told", async () => {
  await writeFile(join(folder, "a.yaml"), "");
  execFileSync("mkfifo", [join(folder, "pipe.yaml")]);
  await symlink("pipe.yaml", join(folder, "to-pipe.yaml"));
  await symlink("a.yaml", join(folder, "to-a.yaml"));
  expect(await find(".")).toEqual(["a.yaml", "to-a.yaml"]);
  await symlink("gone.yaml", join(folder, "to-gone.yaml"));
  await expect(find(".")).rejects.toMatchObject({ code: "ENOENT", path: join(folder, "to-gone.yaml") });
});

test("a file means itself, whatever it is called, and once", async () => {
  await writeFile(join(folder, "class.txt"), "");
  expect(await find("class.txt", "class.txt")).toEqual(["class.txt"]);
});

test.each(["nothing.yaml", "."])("%s is refused where there is nothing", async (path) => {
  await expect(find(path)).rejects.toMatchObject({ code: "document.missing" });
});

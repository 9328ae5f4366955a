import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { assertMayWrite, cannotTake } from "./assert-may-write.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-may-write-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a folder that is empty, or not there with all above it, can take a project, and none is made", async () => {
  await mkdir(join(folder, "empty"));
  for (const name of ["empty", "new", "new/and/deeper"]) await assertMayWrite(join(folder, name));
  expect(await readdir(folder)).toEqual(["empty"]);
});

test.each([
  ["full", "it is not empty"],
  ["file", "a part of its path is a file (ENOTDIR)"],
  ["file/below", "a part of its path is a file (ENOTDIR)"],
  ["circle/below", "links of its path lead in a circle (ELOOP)"],
  [`${"x".repeat(300)}`, "its name is too long (ENAMETOOLONG)"],
])("%s is refused: %s", async (name, why) => {
  await mkdir(join(folder, "full"));
  await writeFile(join(folder, "full", "mine"), "");
  await writeFile(join(folder, "file"), "");
  await symlink("circle", join(folder, "circle"));
  const refusal = `The folder ${join(folder, name)} cannot take a new project: ${why}. Name another folder`;
  await expect(assertMayWrite(join(folder, name))).rejects.toThrow(refusal);
});

test("a lack of rights is told as such, and what is no matter of the folder stays as it is", () => {
  const denied = Object.assign(new Error("permission denied"), { code: "EACCES", path: "/srv/x" });
  expect(String(cannotTake("/srv/x", denied))).toContain("this account has no right to it (EACCES)");
  const ours = new TypeError("x is undefined");
  expect(cannotTake("/srv/x", ours)).toBe(ours);
});

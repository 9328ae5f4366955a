import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readLimited } from "./read-limited.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-limited-"));
  execFileSync("mkfifo", [join(folder, "pipe.yaml")]);
});
afterEach(() => rm(folder, { recursive: true }));

test.each([
  ["a named pipe, which nobody writes to", "pipe.yaml", /pipe\.yaml: it is no ordinary file/],
  ["a device that never ends", "/dev/zero", /\/dev\/zero: it is no ordinary file/],
  ["a folder", ".", /: it is a folder\. Name the file of the document/],
])("%s is refused", async (_, path, message) => {
  const file = path.startsWith("/") ? path : join(folder, path);
  await expect(readLimited(file)).rejects.toMatchObject({
    code: "document.missing",
    message: expect.stringMatching(message),
  });
});

import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withClusterLock } from "./with-cluster-lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

const lock = { name: "main", work: "test" };
const held = async (holder: object) => {
  await writeFile(
    join(folder, "main.lock"),
    JSON.stringify({ host: hostname(), work: "rotate-token", ...holder }),
  );
  return await withClusterLock({ folder, ...lock }, () => Promise.resolve("done"));
};

test.skipIf(process.platform !== "linux")(
  "a lock of a process whose number another one has now is no hindrance, and nothing is left of it",
  async () => {
    expect(await held({ pid: process.pid, birth: "1" })).toBe("done");
    expect(await readdir(folder)).toEqual([]);
  },
);

test("a lock of a living process, or one of another computer, is refused by who holds it", async () => {
  const refusal = /"rotate-token", process \d+ of .*\[cluster\.busy\]/;
  await expect(held({ pid: process.pid })).rejects.toThrow(refusal);
  await expect(held({ pid: 1, host: "elsewhere" })).rejects.toThrow(refusal);
});

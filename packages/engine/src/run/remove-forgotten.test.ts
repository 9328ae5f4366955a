import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { removeForgotten } from "./remove-forgotten.ts";

const HOUR = 3_600_000;

test("what a killed run left goes after a day; a run that writes to its log keeps its folder", async () => {
  const runs = await mkdtemp(join(tmpdir(), "coppice-runs-"));
  const now = Date.now();
  for (const [name, hours] of [
    ["killed", 25],
    ["at-work", 1],
  ] as const) {
    const folder = join(runs, name);
    await mkdir(folder);
    await writeFile(join(folder, "events.log"), "");
    const [log, began] = [now - hours * HOUR, now - 48 * HOUR].map((time) => time / 1000);
    await utimes(join(folder, "events.log"), log ?? 0, log ?? 0);
    await utimes(folder, began ?? 0, began ?? 0);
  }
  await removeForgotten(runs, now);
  expect(await readdir(runs)).toEqual(["at-work"]);
  await rm(runs, { recursive: true });
});

import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { makeRunFolder } from "./run-folders.ts";

test("a run's folder is removed when its process is gone, and no other one", async () => {
  const runs = await mkdtemp(join(tmpdir(), "coppice-runs-"));
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const own = basename(await makeRunFolder(runs, "demo"));
  const [computer = ""] = own.split(".");
  await mkdir(join(runs, `${computer}.${pid}.1.demo-gone`));
  await mkdir(join(runs, `elsewhere.${pid}.1.demo-x`));
  await mkdir(join(runs, "somebody's"));
  const other = basename(await makeRunFolder(runs, "demo"));
  expect((await readdir(runs)).sort()).toEqual(
    [own, other, `elsewhere.${pid}.1.demo-x`, "somebody's"].sort(),
  );
  await rm(runs, { recursive: true });
});

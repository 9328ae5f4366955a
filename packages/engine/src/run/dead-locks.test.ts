import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clearDeadLocks } from "./dead-locks.ts";

const stack = { project: "coppice-tenant", stack: "main" };
/** Beyond the largest process id of Linux. */
const nobody = 2 ** 22 + 1;
let folder: string;
let locks: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-locks-"));
  locks = join(folder, ".pulumi/locks/organization/coppice-tenant/main");
  await mkdir(locks, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function leftOf(name: string, lock: unknown): Promise<readonly string[]> {
  await writeFile(join(locks, `${name}.json`), typeof lock === "string" ? lock : JSON.stringify(lock));
  await writeFile(join(locks, `${name}.json.attrs`), "{}");
  await clearDeadLocks({ folder, backend: `file://${folder}`, variables: {} }, stack);
  return await readdir(locks);
}

test("the lock of a dead engine of this computer goes, with what lies beside it", async () => {
  expect(await leftOf("dead", { pid: nobody, hostname: hostname() })).toEqual([]);
});

test.each([
  ["lives", { pid: process.pid, hostname: hostname() }],
  ["is on another computer", { pid: nobody, hostname: "elsewhere" }],
  ["says nothing", {}],
  ["was cut off", '{"pid":'],
])("the lock of an engine that %s stays", async (_, lock) => {
  expect(await leftOf("theirs", lock)).toEqual(["theirs.json", "theirs.json.attrs"]);
});

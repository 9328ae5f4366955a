import { chownSync } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LabProcess } from "../fixtures/lab-process.ts";
import { type Account, serverAccount } from "./account.ts";

/** Any number that is nobody's: an ordinary account needs no name but for its first `initdb`, so it is that of `nobody`. */
const ordinary: Account = { uid: 65_534, gid: 65_534 };

const isRoot = process.getuid?.() === 0;
/** The process reads this checkout; one below a closed home it cannot. */
const isOpen = isRoot && (await canRead());
const why = isRoot
  ? "this checkout is closed to other accounts"
  : "only root can become another account; the other tests are ordinary";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-account-"));
  if (isRoot) chownSync(folder, ordinary.uid, ordinary.gid);
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Another process that is an ordinary account's, with a home and a cache of its own. */
async function start(home: string): Promise<LabProcess> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, XDG_CACHE_HOME: join(folder, "cache") };
  return await LabProcess.start({ home, account: ordinary, env });
}

async function canRead(): Promise<boolean> {
  const parents = import.meta.dirname
    .split("/")
    .map((_, index, all) => all.slice(0, index + 1).join("/") || "/");
  const modes = await Promise.all(parents.map(async (parent) => (await stat(parent)).mode));
  return modes.every((mode) => (mode & 0o005) === 0o005);
}

test.skipIf(!isOpen)(`an ordinary account has its server in its home (else skipped: ${why})`, async () => {
  const home = join(folder, "home-".repeat(20));
  const first = await start(home);
  expect(await first.answer()).toEqual({ opened: join(home, "database", "server", "data") });
  expect((await stat(join(home, "database"))).uid).toBe(ordinary.uid);
  const second = await start(home);
  expect(await second.answer()).toMatchObject({ opened: expect.any(String) });
  await second.close();
  await first.close();
});

test.skipIf(!isRoot)("root's server is run by an account of its own (else skipped: this is no root)", () => {
  expect(serverAccount()?.uid).toBeGreaterThan(60_577);
});

import { spawnSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DatabaseLab } from "../fixtures/database-lab.ts";
import { machines, requestOf } from "../fixtures/requests.ts";
import { createLedger } from "../ledger/create-ledger.ts";

let lab: DatabaseLab;
beforeEach(async () => {
  lab = await DatabaseLab.make();
});
afterEach(async () => {
  await lab.quiet();
  await lab.killServer();
  spawnSync("umount", ["--lazy", lab.place.folder]);
  await lab.remove();
});

/** Puts a small disk where the server's data go. */
async function smallDisk(size: string): Promise<void> {
  await mkdir(lab.place.folder, { recursive: true });
  const { status, stderr } = mount(size, lab.place.folder);
  if (status !== 0) throw new Error(String(stderr));
}

function mount(size: string, folder: string) {
  return spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
}

/** Only root may mount, and in a container not even root. */
async function canMount(): Promise<boolean> {
  const probe = await DatabaseLab.make();
  const folder = dirname(probe.home);
  const mounted = mount("64k", folder).status === 0;
  if (mounted) spawnSync("umount", [folder]);
  await probe.remove();
  return mounted;
}

const isAble = await canMount();
const otherwise = "(else skipped: this account may not mount a small disk)";

test.skipIf(!isAble)(
  `a disk too full for a new database is told, and nothing of it stays ${otherwise}`,
  async () => {
    await smallDisk("20m");
    await expect(lab.open()).rejects.toMatchObject({ code: "database.full" });
    await expect(lab.open()).rejects.toMatchObject({ code: "database.full" });
  },
);

test.skipIf(!isAble)(
  `a disk that fills up later refuses, loses nothing, and goes on with room ${otherwise}`,
  async () => {
    await smallDisk("80m");
    const database = await lab.open();
    const ledger = createLedger(database);
    const held = await ledger.reserve(requestOf({ operation: "a", machines: 30 }));
    expect(held.fits).toBe(true);
    const ballast = join(lab.place.folder, "ballast");
    await fill(ballast);
    const big = sql`create table coppice.big as select repeat(md5(n::text), 100) from generate_series(1, 20000) n`;
    await expect(database.ask((ask) => big.execute(ask))).rejects.toMatchObject({ code: "database.full" });
    await rm(ballast);
    const refused = await ledger.reserve(requestOf({ operation: "b", machines: 11 }));
    expect(refused.verdict.lines[0]).toMatchObject({ reserved: 30, over: 1 });
    expect(await ledger.show()).toMatchObject([{ reservations: [{ amounts: machines(30) }] }]);
  },
);

/** Writes until nothing more goes. */
async function fill(file: string): Promise<void> {
  const block = Buffer.alloc(2 ** 20);
  const writing = Array.from({ length: 80 }, () => block);
  await writeFile(file, writing).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOSPC") throw error;
  });
}

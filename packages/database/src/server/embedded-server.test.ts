import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { DatabaseLab } from "../fixtures/database-lab.ts";
import { socketFile } from "./server-place.ts";

let lab: DatabaseLab;
beforeAll(async () => {
  // An ordinary account's home, so named, has a longer path than sockets may have.
  lab = await DatabaseLab.make("home-".repeat(20));
  await lab.open();
  await lab.quiet();
});
afterEach(() => lab.quiet());
afterAll(() => lab.remove());

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

test("the first starts the server, the last stops it, and what was written is there again", async () => {
  const first = await lab.open();
  const pid = await lab.serverPid();
  const second = await lab.open();
  const process = await lab.start();
  await process.answer();
  expect(await lab.serverPid()).toBe(pid);
  await first.close();
  await process.close();
  expect(await lab.serverPid()).toBe(pid);
  await second.close();
  expect(await lab.serverPid()).toBeUndefined();
  const again = await lab.open();
  const applied = await again.ask((queries) =>
    queries.selectFrom("coppice.migrations").selectAll().execute(),
  );
  expect(applied.map(({ number }) => number)).toEqual([1]);
});

test("password, data and socket are closed to everybody else", async () => {
  await lab.open();
  const { password, data, socket, account } = lab.place;
  expect(await Promise.all([password, data, socket].map(modeOf))).toEqual([0o600, 0o700, 0o700]);
  const owner = account?.uid ?? process.getuid?.();
  expect((await stat(data)).uid).toBe(owner);
  expect((await stat(password)).uid).toBe(process.getuid?.());
});

test("a wrong password is refused, and not told", async () => {
  await lab.open();
  const wrong = lab.open(await lab.url("not-the-password"));
  await expect(wrong).rejects.toMatchObject({
    code: "database.unreachable",
    message: expect.not.stringContaining("not-the-password"),
  });
});

test("a server that was killed ends what was under way, and is started again by the next who needs it", async () => {
  const database = await lab.open();
  const underWay = database.transaction(async (tx) => {
    await tx.insertInto("coppice.migrations").values({ number: 2, name: "half" }).execute();
    await lab.killServer();
    // Its processes notice when they next wait for something.
    await sql`select pg_sleep(10)`.execute(tx);
  });
  await expect(underWay).rejects.toMatchObject({ code: "database.lost" });
  const applied = database.ask((queries) => queries.selectFrom("coppice.migrations").selectAll().execute());
  expect(await applied).toHaveLength(1);
});

test("a number in the server's file that is another process's now does not keep the server from starting", async () => {
  const file = join(lab.place.data, "postmaster.pid");
  await writeFile(file, `${process.pid}\n${lab.place.data}\n${Math.floor(Date.now() / 1000) - 86_400}\n`);
  await expect(lab.open()).resolves.toBeDefined();
});

test("an empty file of a server that was killed in its first moment does neither", async () => {
  await writeFile(join(lab.place.data, "postmaster.pid"), "");
  await expect(lab.open()).resolves.toBeDefined();
});

test("something else at the socket is refused by its place, and left alone", async () => {
  const foreign = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => foreign.listen(socketFile(lab.place.socket), resolve));
  try {
    await expect(lab.open()).rejects.toMatchObject({ code: "database.address-held" });
    expect(foreign.listening).toBe(true);
  } finally {
    foreign.close();
  }
});

test("a folder of the socket that others may enter is refused", async () => {
  await chmod(lab.place.socket, 0o755);
  await expect(lab.open()).rejects.toMatchObject({ code: "database.address-held" });
  await chmod(lab.place.socket, 0o700);
});

test("data of another major version are refused before anything is changed", async () => {
  const file = join(lab.place.data, "PG_VERSION");
  const ours = await readFile(file);
  await writeFile(file, "17\n");
  const before = (await stat(lab.place.data)).mtimeMs;
  await expect(lab.open()).rejects.toMatchObject({
    code: "database.other-version",
    why: "PostgreSQL 17 wrote it, and this is PostgreSQL 18",
  });
  expect((await stat(lab.place.data)).mtimeMs).toBe(before);
  await writeFile(file, ours);
});

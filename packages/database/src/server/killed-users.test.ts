import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DatabaseLab } from "../fixtures/database-lab.ts";
import { socketFile } from "./server-place.ts";

let lab: DatabaseLab;
beforeAll(async () => {
  lab = await DatabaseLab.make();
});
afterEach(() => lab.quiet());
afterAll(() => lab.remove());

/** Looks until something is there: what a process that is to be killed does comes between two looks. */
async function until(isThere: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isThere())) await pause(1);
}

async function drafts(): Promise<string[]> {
  const names = await readdir(lab.place.folder).catch(() => []);
  return names.filter((name) => name.startsWith("draft-"));
}

test("two processes that start it at the same moment use one server, and neither leaves a draft", async () => {
  const both = [await lab.start(), await lab.start()];
  const answers = await Promise.all(both.map((each) => each.answer()));
  expect(answers).toEqual([{ opened: lab.place.data }, { opened: lab.place.data }]);
  const pid = await lab.serverPid();
  await both[0]?.close();
  expect(await lab.serverPid()).toBe(pid);
  expect(await drafts()).toEqual([]);
  await both[1]?.close();
  expect(await lab.serverPid()).toBeUndefined();
});

test("a server whose last user was killed stays, and the next one uses and stops it", async () => {
  const killed = await lab.start();
  await killed.answer();
  const pid = await lab.serverPid();
  await killed.kill();
  expect(await lab.serverPid()).toBe(pid);
  const next = await lab.open();
  expect(await lab.serverPid()).toBe(pid);
  await next.close();
  expect(await lab.serverPid()).toBeUndefined();
});

test("many who come and go at the same time are all served, and the last one stops it", async () => {
  const comings = Array.from({ length: 6 }, async () => {
    for (let coming = 0; coming < 5; coming += 1) {
      const database = await lab.open();
      await database.ask((ask) => ask.selectFrom("coppice.migrations").selectAll().execute());
      await database.close();
    }
  });
  await Promise.all(comings);
  expect(await lab.serverPid()).toBeUndefined();
});

describe("whoever is killed keeps nobody from starting it", () => {
  const made = () => existsSync(lab.place.server);
  const steps: readonly (readonly [string, () => boolean | Promise<boolean>, "anew" | "again"])[] = [
    ["while its data are made", async () => (await drafts()).length > 0, "anew"],
    ["when its data are there", made, "anew"],
    ["when it begins", () => existsSync(join(lab.place.data, "postmaster.pid")), "again"],
    ["when its socket is there", () => existsSync(socketFile(lab.place.socket)), "again"],
  ];

  test.each(steps)("%s", async (_, step, how) => {
    if (how === "anew") await lab.forget();
    const killed = await lab.start();
    await until(step);
    await killed.kill();
    await lab.killServer();
    const next = await lab.open();
    const applied = next.ask((ask) => ask.selectFrom("coppice.migrations").selectAll().execute());
    expect(await applied).toHaveLength(1);
  });
});

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { asleep, LeaseLab, looks } from "./fixtures/lease-lab.ts";
import type { Holder } from "./lease.ts";
import { leaseTimes } from "./lease-times.ts";
import type { WatchParts } from "./lease-watch.ts";
import { takeLease } from "./take-lease.ts";

/** Beyond the largest process id of Linux. */
const NOBODY = 2 ** 22 + 1;
const HALF_A_YEAR = 182 * 86_400_000;
const LAPSE = leaseTimes.lapse / leaseTimes.look;

let lab: LeaseLab;
const taken: { release(): Promise<void> }[] = [];
beforeEach(async () => {
  lab = await LeaseLab.make();
});
afterEach(async () => {
  for (const lease of taken.splice(0)) await lease.release();
  await lab.remove();
});

async function take(parts: WatchParts, who: string, waits?: (holder: Holder | undefined) => void) {
  const { signal } = new AbortController();
  const lease = await takeLease(parts, { who, signal, ...(waits && { waits }) });
  taken.push(lease);
  return lease;
}

/** What somebody waits for, and whether it is there. */
function watched<T>(promise: Promise<T>): { readonly promise: Promise<T>; isThere: boolean } {
  const result = { promise, isThere: false };
  void promise.then(() => {
    result.isThere = true;
  });
  return result;
}

/** Writes into a lease's file what its holder would not. */
async function rewrite(fence: number, change: object): Promise<void> {
  const file = join(lab.folder, "leases", `${fence}.json`);
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), ...change }));
}

test.each([
  ["alike", 0],
  ["half a year ahead", HALF_A_YEAR],
  ["half a year behind", -HALF_A_YEAR],
])("another computer's lease lapses when it shows no sign of life, its clock %s", async (_, skew) => {
  const [there, here] = [lab.computer("there", Date.UTC(2030) + skew), lab.computer("here")];
  const first = await take(there, "ada");
  const second = watched(take(here, "grace"));
  await looks(here.clock, LAPSE - 1);
  await asleep(here.clock);
  expect(second.isThere).toBe(false);
  await looks(here.clock, 1);
  await second.promise;
  expect((await here.files.newest()).fence).toBe(2);
  expect(first.lost.aborted).toBe(false);
  await asleep(there.clock);
  await there.clock.advance(leaseTimes.renew);
  while (!first.lost.aborted) await new Promise((resolve) => setImmediate(resolve));
  expect(first.lost.reason).toMatchObject({ code: "stack.lease" });
  await first.release();
  // Nothing of the second one's lease was touched.
  expect(await readdir(join(lab.folder, "leases"))).toEqual(["2.json"]);
  expect((await second.promise).lost.aborted).toBe(false);
});

test("a lease that is renewed is not taken, however long it lasts, and is free when it is given back", async () => {
  const [there, here] = [lab.computer("there"), lab.computer("here")];
  const first = await take(there, "ada");
  const second = watched(take(here, "grace"));
  for (let round = 0; round < 5; round++) {
    await looks(here.clock, LAPSE - 1);
    await asleep(there.clock);
    const before = await readFile(join(lab.folder, "leases", "1.json"), "utf8");
    await there.clock.advance(leaseTimes.renew);
    while ((await readFile(join(lab.folder, "leases", "1.json"), "utf8")) === before);
    await looks(here.clock, 1);
  }
  await asleep(here.clock);
  expect(second.isThere).toBe(false);
  await first.release();
  await looks(here.clock, 1);
  await second.promise;
  expect((await here.files.newest()).fence).toBe(2);
});

test("whoever waits hears for whom, once for each", async () => {
  const [there, here] = [lab.computer("there"), lab.computer("here")];
  const first = await take(there, "ada");
  const heard: unknown[] = [];
  const second = take(here, "grace", (holder) => heard.push(holder));
  await looks(here.clock, 3);
  await first.release();
  await looks(here.clock, 1);
  await second;
  expect(heard).toEqual([expect.objectContaining({ who: "ada", host: "there", pid: process.pid })]);
});

test("a dead process of this computer is not waited for, but its engine is, and is known to be gone afterwards", async () => {
  const [here, alsoHere] = [lab.computer("here"), lab.computer("here")];
  const first = await take(here, "ada");
  await first.engineStarted(process.pid);
  await rewrite(1, { pid: NOBODY });
  const second = watched(take(alsoHere, "grace"));
  await looks(alsoHere.clock, 3);
  await asleep(alsoHere.clock);
  expect(second.isThere).toBe(false);
  const engine = { host: "here", pid: NOBODY, birth: "" };
  await rewrite(1, { pid: NOBODY, engine });
  await looks(alsoHere.clock, 1);
  expect((await second.promise).gone).toEqual([engine]);
});

test("a process of another computer is no dead one, though its number is nobody's here", async () => {
  const [there, here] = [lab.computer("there"), lab.computer("here")];
  await take(there, "ada");
  await rewrite(1, { pid: NOBODY });
  const second = watched(take(here, "grace"));
  await looks(here.clock, 3);
  await asleep(here.clock);
  expect(second.isThere).toBe(false);
  await looks(here.clock, LAPSE);
  await second.promise;
  expect((await here.files.newest()).fence).toBe(2);
});

test("engines of several holders that died one after another are all known, until their locks are cleared away", async () => {
  const engines = [1, 2].map((pid) => ({ host: "there", pid, birth: "" }));
  const here = lab.computer("here");
  for (const [index, engine] of engines.entries()) {
    await take(here, "ada");
    await rewrite(index + 1, { pid: NOBODY, engine: { ...engine, pid: NOBODY + index } });
  }
  const third = await take(here, "grace");
  expect(third.gone.map(({ pid }) => pid)).toEqual([NOBODY, NOBODY + 1]);
  await third.locksCleared();
  await third.release();
  expect((await take(here, "ada")).gone).toEqual([]);
});

test("a file that was cut off is somebody's until it lapses", async () => {
  await mkdir(join(lab.folder, "leases"));
  await writeFile(join(lab.folder, "leases", "7.json"), '{"id":');
  const here = lab.computer("here");
  const heard: unknown[] = [];
  const lease = watched(take(here, "ada", (holder) => heard.push(holder)));
  await looks(here.clock, LAPSE - 1);
  await asleep(here.clock);
  expect([lease.isThere, heard]).toEqual([false, [undefined]]);
  await looks(here.clock, 1);
  await lease.promise;
  expect((await here.files.newest()).fence).toBe(8);
});

test("whoever looked long ago does not take a number that was used and cleared away since", async () => {
  const here = lab.computer("here");
  for (const _ of [1, 2, 3]) await (await take(here, "ada")).release();
  const current = await take(here, "grace");
  const { record } = await here.files.newest();
  if (record === undefined) throw new Error("the lease says nothing");
  for (const fence of [2, 4]) expect(await here.files.claim(fence, { ...record, id: "late" })).toBe(false);
  await current.engineStarted(process.pid);
  expect(current.lost.aborted).toBe(false);
  expect(await readdir(join(lab.folder, "leases"))).toEqual(["4.json"]);
});

test("a holder that cannot renew its lease stops before others take it", async () => {
  const here = lab.computer("here");
  const lease = await take(here, "ada");
  await rm(join(lab.folder, "leases"), { recursive: true });
  await writeFile(join(lab.folder, "leases"), "no folder");
  let renewals = 0;
  for (; !lease.lost.aborted; renewals++) {
    await asleep(here.clock);
    await here.clock.advance(leaseTimes.renew);
    // What the renewal comes to is known when it sleeps again, or never does.
    while (here.clock.sleepers === 0 && !lease.lost.aborted)
      await new Promise((resolve) => setImmediate(resolve));
  }
  expect(renewals * leaseTimes.renew).toBeLessThan(leaseTimes.lapse);
  expect(renewals).toBeGreaterThan(1);
  expect(lease.lost.reason).toMatchObject({ why: expect.stringContaining("a part of its path is a file") });
});

test("a folder that cannot be written is refused, with what is wrong with it", async () => {
  await writeFile(join(lab.folder, "leases"), "no folder");
  await expect(take(lab.computer("here"), "ada")).rejects.toMatchObject({ code: "stack.lease" });
});

test("a wait ends when it is called off, and leaves nothing", async () => {
  const [there, here] = [lab.computer("there"), lab.computer("here")];
  await take(there, "ada");
  const stop = new AbortController();
  const second = takeLease(here, { who: "grace", signal: stop.signal });
  await looks(here.clock, 2);
  stop.abort(new Error("called off"));
  await expect(second).rejects.toThrow("called off");
  expect(await readdir(join(lab.folder, "leases"))).toEqual(["1.json"]);
});

import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Lease } from "../lease/lease.ts";
import { stackPlace } from "../lease/stack-place.ts";
import { watchParts } from "../lease/take-lease.ts";
import { StackOrders } from "./stack-orders.ts";

type Run = (orders: readonly string[], lease: Lease) => Promise<readonly string[]>;

let folder: string;
let orders: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-orders-"));
  orders = place().orders;
});
afterEach(() => rm(folder, { recursive: true }));

const place = () =>
  stackPlace({ folder, backend: `file://${folder}` }, { project: "coppice-tenant", stack: "main" });
const give = (
  order: string,
  run: Run,
  { signal = new AbortController().signal, joins = true, takenUp = () => {} } = {},
) => {
  const parts = { place: place(), watch: watchParts(place().leases) };
  return new StackOrders<string, string>(parts, { run, joins: () => joins }).give(order, {
    who: "ada",
    signal,
    takenUp,
  });
};
const done: Run = (names) => Promise.resolve(names.map((name) => `${name} done`));

/** Something that happens once, and what makes it happen. */
function signalled(): [Promise<void>, () => void] {
  const happening = new AbortController();
  const happened = new Promise<void>((resolve) => {
    happening.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  return [happened, () => happening.abort()];
}

/** A run that has begun, and goes on when it is told to. */
function gated(run: Run = done) {
  const [begun, begin] = signalled();
  const [open, goOn] = signalled();
  const slow: Run = async (names, lease) => {
    begin();
    await open;
    return await run(names, lease);
  };
  return { begun, goOn, run: slow };
}

/** Waits until so many orders are there. */
async function waiting(count: number): Promise<string[]> {
  for (;;) {
    const names = (await readdir(orders)).filter((name) => /\.(?:json|taken)$/.test(name));
    if (names.length === count) return names;
  }
}

/** An order of another computer, whose last sign of life was so long ago. */
async function foreign(name: string, seconds: number): Promise<void> {
  await mkdir(orders, { recursive: true });
  const file = join(orders, `${name}.json`);
  const by = { who: "grace", computer: "there", pid: 1, birth: "" };
  await writeFile(file, JSON.stringify({ ...by, order: name }));
  const at = Date.now() / 1000 - seconds;
  await utimes(file, at, at);
}

test("orders of other computers are carried out while somebody waits for them, and dropped when nobody does", async () => {
  await foreign("living", 20);
  await foreign("renewed", 3000);
  await writeFile(join(orders, "renewed.alive"), "");
  await foreign("dead", 40);
  expect(await give("own", done)).toBe("own done");
  expect((await readdir(orders)).sort()).toEqual([
    "living.done",
    "living.taken",
    "renewed.alive",
    "renewed.done",
    "renewed.taken",
  ]);
  expect(JSON.parse(await readFile(join(orders, "living.done"), "utf8"))).toEqual({ outcome: "living done" });
  // What is answered is not done again.
  expect(await give("own", (names) => Promise.resolve([names.join(" ")]))).toBe("own");
});

test("what is being written is left alone, and an answer that was cut off is none", async () => {
  await foreign("cut-off", 1);
  await writeFile(join(orders, "cut-off.done"), '{"outcome":');
  await writeFile(join(orders, "begun.json"), '{"who":');
  const heard: (readonly string[])[] = [];
  await give("own", async (names, lease) => {
    heard.push(names);
    return await done(names, lease);
  });
  expect(heard).toEqual([["cut-off", "own"]]);
  expect(await readdir(orders)).toContain("begun.json");
});

test("orders that do not go together are carried out one after another", async () => {
  const first = gated();
  const runs: string[] = [];
  const noted: Run = async (names, lease) => {
    runs.push(names.join(" "));
    return await done(names, lease);
  };
  const all = [give("a", first.run)];
  await first.begun;
  all.push(give("b", noted, { joins: false }), give("c", noted, { joins: false }));
  await waiting(3);
  first.goOn();
  expect((await Promise.all(all)).sort()).toEqual(["a done", "b done", "c done"]);
  expect(runs.sort()).toEqual(["b", "c"]);
});

test("what a run throws is for its own order: the others carry out theirs", async () => {
  const first = gated();
  const a = give("a", first.run);
  await first.begun;
  let failures = 0;
  const once: Run = async (names, lease) => {
    if (failures++ === 0) throw new Error("no credentials here");
    return await done(names, lease);
  };
  const both = Promise.allSettled([give("b", once), give("c", once)]);
  await waiting(3);
  first.goOn();
  expect(await a).toBe("a done");
  const statuses = (await both).map(({ status }) => status);
  expect(statuses.sort()).toEqual(["fulfilled", "rejected"]);
  expect(await readdir(orders)).toEqual([]);
});

test("an order that is called off is taken away, and one that runs is called off for nobody else", async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const run = gated((names) => Promise.resolve(names.map(() => "stopped")));
  await foreign("other", 1);
  const a = give("a", run.run, { signal: first.signal });
  await run.begun;
  const b = give("b", done, { signal: second.signal });
  await waiting(3);
  second.abort(new Error("called off"));
  await expect(b).rejects.toThrow("called off");
  await waiting(2);
  first.abort();
  run.goOn();
  expect(await a).toBe("stopped");
  // It lives on, for whoever comes next.
  expect(await readdir(orders)).toEqual(["other.taken"]);
});

test("who calls off what another one's run has taken up hears that it may be carried out", async () => {
  const first = gated();
  const a = give("a", first.run);
  await first.begun;
  const stops = [new AbortController(), new AbortController()];
  const said: string[] = [];
  const second = gated();
  // Whichever comes first takes the other one's with it.
  const both = stops.map(({ signal }, index) =>
    give(`${index}`, second.run, { signal, takenUp: () => said.push(`${index}`) }),
  );
  await waiting(3);
  first.goOn();
  expect(await a).toBe("a done");
  await second.begun;
  const names = (await readdir(orders)).filter((name) => name.endsWith(".taken"));
  expect(names).toHaveLength(1);
  for (const stop of stops) stop.abort(new Error("called off"));
  const waits = Promise.any(both.map(async (each) => await each.catch((error: Error) => error.message)));
  expect(await waits).toBe("called off");
  second.goOn();
  await Promise.allSettled(both);
  expect(said).toHaveLength(1);
  expect(await readdir(orders)).toEqual([]);
});

test("a run whose lease was lost has no outcome, for nobody", async () => {
  await foreign("other", 1);
  const lossy: Run = async (names, lease) => {
    await writeFile(join(place().leases, "9.json"), "{}");
    await lease.engineStarted(process.pid);
    expect(lease.lost.aborted).toBe(true);
    return await done(names, lease);
  };
  await expect(give("a", lossy)).rejects.toMatchObject({ code: "stack.lease" });
  expect(await readdir(orders)).toEqual(["other.taken"]);
});

test("an order that cannot be written is refused", async () => {
  await mkdir(join(orders, ".."), { recursive: true });
  await writeFile(orders, "no folder");
  await expect(give("a", done)).rejects.toMatchObject({ code: "stack.lease" });
});

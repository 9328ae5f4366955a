import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../connection/database.ts";
import { DatabaseLab } from "../fixtures/database-lab.ts";
import type { LabOrder, LabProcess } from "../fixtures/lab-process.ts";
import { type Ask, machines, requestOf } from "../fixtures/requests.ts";
import { createLedger, type Ledger } from "./create-ledger.ts";
import { inAccount } from "./in-account.ts";
import { ledgerTimes, type Reservation, type Reserved } from "./ledger.ts";

const account = { tenant: "acme", cluster: "main" };
let lab: DatabaseLab;
let database: Database;
let ledger: Ledger;
beforeAll(async () => {
  lab = await DatabaseLab.make();
  database = await lab.open();
  ledger = createLedger(database);
});
beforeEach(() => database.ask((ask) => sql`truncate coppice.reservations, coppice.holdings`.execute(ask)));
afterAll(() => lab.remove());

async function start(): Promise<LabProcess> {
  const process = await lab.start();
  await process.answer();
  return process;
}

// as: the process answers an order to reserve with these.
const reserved = async (process: LabProcess, asks: readonly Ask[]) =>
  (await process.ask({ do: "reserve", asks })) as readonly Reserved[];

async function reservation(process: LabProcess, ask: Ask): Promise<Reservation> {
  const [first] = await reserved(process, [ask]);
  if (!first?.fits) throw new Error("it should have fitted");
  return first.reservation;
}

/** Kills a process in the midst of a transaction: after it began, before it changed anything. */
async function killedWithin(process: LabProcess, order: LabOrder): Promise<void> {
  await inAccount(database, account, async () => {
    process.tell(order);
    await waiting();
    await process.kill();
  });
}

/** Returns when a transaction waits for the account that we have. */
async function waiting(): Promise<void> {
  const count = sql<{ waiting: number }>`
    select count(*) as waiting from pg_locks where locktype = 'advisory' and not granted`;
  while ((await database.ask((ask) => count.execute(ask))).rows[0]?.waiting === 0) await pause(2);
}

/** Lets the time pass after which reservations lapse, by moving what is written back. */
async function lapse(): Promise<void> {
  const move = sql`update coppice.reservations set ends = ends - ${`${ledgerTimes.lapse} milliseconds`}::interval`;
  await database.ask((ask) => move.execute(ask));
}

const fits = async (ask: Ask) => (await ledger.reserve(requestOf(ask))).fits;
const open = async () => (await ledger.show()).flatMap(({ reservations }) => reservations);

test("200 requests of four processes at once get exactly the room there is: none lost, none double", async () => {
  const processes = await Promise.all(Array.from({ length: 4 }, start));
  const answers = await Promise.all(
    processes.map((process, index) =>
      reserved(
        process,
        Array.from({ length: 50 }, (_, each) => ({ operation: `${index}-${each}` })),
      ),
    ),
  );
  const admitted = answers.flat().flatMap((answer) => (answer.fits ? [answer.reservation.fence] : []));
  expect(admitted).toHaveLength(40);
  expect((await open()).map(({ fence }) => fence)).toEqual(admitted.sort((a, b) => a - b));
  await Promise.all(processes.map((process) => process.close()));
});

test("whoever is killed while it reserves holds nothing", async () => {
  await killedWithin(await start(), { do: "reserve", asks: [{ operation: "a", machines: 40 }] });
  expect(await fits({ operation: "b", machines: 40 })).toBe(true);
});

test("whoever is killed with a reservation holds it until it lapses, and its operation goes on at once", async () => {
  const killed = await start();
  const held = await reservation(killed, { operation: "a", machines: 40 });
  await killed.kill();
  expect(await fits({ operation: "b", machines: 1 })).toBe(false);
  expect(await fits({ operation: "a", machines: 40 })).toBe(true);
  await lapse();
  expect(await fits({ operation: "b", machines: 40 })).toBe(true);
  await expect(ledger.renew(held)).rejects.toMatchObject({ code: "ledger.fenced" });
});

test.each(["settle", "release"] as const)(
  "whoever is killed while it would %s has not, and can again",
  async (verb) => {
    const killed = await start();
    const held = await reservation(killed, { operation: "a", machines: 3 });
    await killedWithin(killed, { do: verb, reservation: held, amounts: machines(3) });
    expect(await open()).toMatchObject([{ fence: held.fence, lapsed: false }]);
    const next = await start();
    expect(await next.ask({ do: verb, reservation: held, amounts: machines(3) })).toBe(`${verb}d`);
    await next.kill();
    expect(await open()).toEqual([]);
    expect((await ledger.show()).flatMap(({ holdings }) => holdings)).toHaveLength(verb === "settle" ? 1 : 0);
  },
);

test("a PostgreSQL that is killed while somebody reserves has reserved all of it or nothing, and goes on", async () => {
  const process = await start();
  const held = await reservation(process, { operation: "a", machines: 39 });
  const asks = [{ operation: "b", machines: 1 }];
  await inAccount(database, account, async (tx) => {
    process.tell({ do: "reserve", asks });
    await waiting();
    await lab.killServer();
    await sql`select pg_sleep(10)`.execute(tx);
  }).catch((error: unknown) => expect(error).toMatchObject({ code: "database.lost" }));
  expect(await process.answer()).toMatchObject({ failed: expect.stringContaining("[database.lost]") });
  expect(await reserved(process, asks)).toMatchObject([{ fits: true }]);
  expect((await open()).map(({ operation }) => operation)).toEqual(["a", "b"]);
  await ledger.settle(held, machines(39));
  await process.close();
});

test("whoever falls silent in the midst of it holds up nobody for long, and has done nothing", async () => {
  const other = await start();
  const silent = inAccount(database, account, async () => {
    expect(await reserved(other, [{ operation: "a", machines: 40 }])).toMatchObject([{ fits: true }]);
  });
  await expect(silent).rejects.toMatchObject({ code: "database.lost" });
  await other.close();
});

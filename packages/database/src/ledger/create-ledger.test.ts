import { noAmounts, VirtualClock } from "@coppice/core";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../connection/database.ts";
import { DatabaseLab } from "../fixtures/database-lab.ts";
import { type Ask, machines, requestOf } from "../fixtures/requests.ts";
import { createLedger, type Ledger } from "./create-ledger.ts";
import { keepReservation } from "./keep-reservation.ts";
import { ledgerTimes, type Reservation } from "./ledger.ts";

let lab: DatabaseLab;
let database: Database;
let ledger: Ledger;
beforeAll(async () => {
  lab = await DatabaseLab.make();
  database = await lab.open();
});
beforeEach(async () => {
  await database.ask((ask) => sql`truncate coppice.reservations, coppice.holdings`.execute(ask));
  ledger = createLedger(database);
});
afterAll(() => lab.remove());

/** Lets the time pass after which reservations lapse, by moving what is written back. */
async function lapse(): Promise<void> {
  const gone = `${ledgerTimes.lapse} milliseconds`;
  const move = sql`update coppice.reservations set ends = ends - ${gone}::interval`;
  await database.ask((ask) => move.execute(ask));
}

async function reserve(ask: Ask): Promise<Reservation> {
  const reserved = await ledger.reserve(requestOf(ask));
  if (!reserved.fits) throw new Error("it should have fitted");
  return reserved.reservation;
}

const fits = async (ask: Ask) => (await ledger.reserve(requestOf(ask))).fits;

describe("room", () => {
  test("is given to exactly as many as fit, however many ask at once", async () => {
    const all = Array.from({ length: 200 }, (_, index) =>
      fits({ operation: `o${index}`, what: `class "${index}"` }),
    );
    expect((await Promise.all(all)).filter(Boolean)).toHaveLength(40);
  });

  test("is one tenant's on one cluster, and nobody else's", async () => {
    await reserve({ operation: "a", machines: 40 });
    expect(await fits({ operation: "b" })).toBe(false);
    expect(await fits({ operation: "b", tenant: "other" })).toBe(true);
    expect(await fits({ operation: "b", cluster: "other" })).toBe(true);
  });

  test("that is refused is told with limit, use, what is reserved, asked for and allowed", async () => {
    await reserve({ operation: "a", machines: 10 });
    const refused = await ledger.reserve(requestOf({ operation: "b", machines: 20, used: machines(15) }));
    expect(refused.verdict.lines).toEqual([
      { name: "machines", limit: 40, used: 15, reserved: 10, asked: 20, allowed: 15, over: 5 },
    ]);
  });

  test("is not made by who gives back before it is given back, nor asked of who does", async () => {
    const full = { machines: 40 };
    await reserve({ operation: "a", machines: -10, used: machines(40), limits: full });
    expect(await fits({ operation: "b", machines: 1, used: machines(40), limits: full })).toBe(false);
  });
});

describe("a reservation", () => {
  test("counts for a reading that began before it was settled, and not for a later one", async () => {
    const first = await reserve({ operation: "a", machines: 30 });
    const stale = ledger.reserve({
      ...requestOf({ operation: "b", machines: 11 }),
      read: async () => {
        // The reading saw nothing of what is settled meanwhile.
        await ledger.settle(first, machines(30));
        return { limits: { machines: 40 }, used: noAmounts, asked: machines(11) };
      },
    });
    expect((await stale).verdict.lines[0]).toMatchObject({ reserved: 30, over: 1 });
    expect(await fits({ operation: "c", machines: 10, used: machines(30) })).toBe(true);
  });

  test("counts for a reading that began before it lapsed, and not for a later one", async () => {
    await reserve({ operation: "a", machines: 30 });
    const stale = ledger.reserve({
      ...requestOf({ operation: "b", machines: 11 }),
      read: async () => {
        await database.ask((ask) =>
          sql`update coppice.reservations set ends = clock_timestamp()`.execute(ask),
        );
        return { limits: { machines: 40 }, used: noAmounts, asked: machines(11) };
      },
    });
    expect((await stale).fits).toBe(false);
    expect(await fits({ operation: "c", machines: 40 })).toBe(true);
  });

  test("that was released does not count", async () => {
    await ledger.release(await reserve({ operation: "a", machines: 40 }));
    expect(await fits({ operation: "b", machines: 40 })).toBe(true);
    expect(await ledger.show()).toMatchObject([{ reservations: [{ operation: "b" }] }]);
  });

  test("is renewed as long as it did not lapse", async () => {
    const held = await reserve({ operation: "a", machines: 40 });
    expect((await ledger.renew(held)).ends).toBeGreaterThan(held.ends);
    await lapse();
    await expect(ledger.renew(held)).rejects.toMatchObject({ code: "ledger.fenced" });
    expect(await fits({ operation: "b", machines: 40 })).toBe(true);
  });

  test("ends when its operation is begun anew, and its holder hears of it whatever it does", async () => {
    const former = await reserve({ operation: "a", machines: 40 });
    const later = await reserve({ operation: "a", machines: 40 });
    expect(later.fence).toBeGreaterThan(former.fence);
    await expect(ledger.renew(former)).rejects.toMatchObject({ code: "ledger.fenced" });
    await expect(ledger.settle(former, machines(40))).rejects.toMatchObject({ code: "ledger.fenced" });
    await ledger.renew(later);
  });

  test("that a later one of its operation follows is nobody's to settle: what is shown can be settled", async () => {
    await reserve({ operation: "a", machines: 2 });
    const later = await reserve({ operation: "a", machines: 4 });
    const settleShown = async () => {
      const shown = (await ledger.show()).flatMap(({ reservations }) => reservations);
      for (const each of shown) await ledger.settle(each, machines(4));
      return shown.map(({ fence }) => fence);
    };
    expect(await settleShown()).toEqual([later.fence]);
    expect(await settleShown()).toEqual([]);
  });

  test("that nobody settled for days can still be settled, beside others", async () => {
    for (const name of ["a", "b"]) await reserve({ operation: name, what: `class "${name}"` });
    await database.ask((ask) =>
      sql`update coppice.reservations set ends = ends - interval '3 days'`.execute(ask),
    );
    const shown = (await ledger.show()).flatMap(({ reservations }) => reservations);
    for (const each of shown) await ledger.settle(each, machines(1));
    expect(await ledger.show()).toMatchObject([{ holdings: [{ what: 'class "a"' }, { what: 'class "b"' }] }]);
  });

  test("can be settled after it lapsed, and again, but not after it was released", async () => {
    const held = await reserve({ operation: "a", machines: 4 });
    await lapse();
    await ledger.settle(held, machines(3));
    await ledger.settle(held, machines(3));
    expect(await ledger.show()).toMatchObject([{ holdings: [{ amounts: machines(3) }], reservations: [] }]);
    const other = await reserve({ operation: "b" });
    await ledger.release(other);
    await expect(ledger.settle(other, machines(1))).rejects.toMatchObject({
      code: "ledger.unknown-reservation",
    });
  });
});

describe("the ledger", () => {
  test("made anew from what there is equals what was there, and keeps what runs", async () => {
    const account = { tenant: "acme", cluster: "main" };
    for (const [what, count] of [
      ['class "a"', 3],
      ['class "b"', 4],
      ['class "gone"', 0],
    ] as const) {
      await ledger.settle(await reserve({ operation: what, what, machines: count }), machines(count));
    }
    await reserve({ operation: "runs", what: 'class "c"' });
    const before = await ledger.show();
    await database.ask((ask) => sql`truncate coppice.holdings`.execute(ask));
    await ledger.rebuild(account, [
      { what: 'class "a"', amounts: machines(3) },
      { what: 'class "b"', amounts: machines(4) },
    ]);
    expect(await ledger.show()).toEqual(before);
    await lapse();
    expect(await ledger.show()).toMatchObject([{ reservations: [{ operation: "runs", lapsed: true }] }]);
    await ledger.rebuild(account, []);
    expect(await ledger.show()).toEqual([]);
  });
});

describe("keeping a reservation", () => {
  const renewals = async (clock: VirtualClock, count: number) => {
    for (let each = 0; each < count; each++) {
      await clock.advance(ledgerTimes.renew);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const reservation = { what: "it", tenant: "acme" } as Reservation; // as: nothing else of it is looked at

  test("says when it is fenced, and stops", async () => {
    const clock = new VirtualClock(0);
    const held = await reserve({ operation: "a" });
    const kept = keepReservation(ledger, held, clock);
    await ledger.release(held);
    const lost = new Promise((resolve) => kept.lost.addEventListener("abort", resolve));
    await renewals(clock, 1);
    await lost;
    expect(kept.lost.reason).toMatchObject({ code: "ledger.fenced" });
  });

  test("survives a database that is away for a while, and says so before others may have what it held", async () => {
    const clock = new VirtualClock(0);
    let isAway = true;
    const renew = async () => {
      if (isAway) throw new Error("away");
      return reservation;
    };
    const kept = keepReservation({ renew }, reservation, clock);
    await renewals(clock, 3);
    isAway = false;
    await renewals(clock, 1);
    isAway = true;
    await renewals(clock, 4);
    expect(kept.lost.aborted).toBe(false);
    await renewals(clock, 1);
    expect(kept.lost.reason).toMatchObject({ code: "ledger.fenced", why: "it could not be renewed: away" });
  });
});

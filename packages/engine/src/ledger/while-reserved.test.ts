import { type Amounts, CoppiceError, judgeQuota, noAmounts, quotaRefusal } from "@coppice/core";
import type { Ledger, Reservation } from "@coppice/database";
import { expect, test } from "vitest";
import { type AskedRoom, reserveRooms } from "./reserve-rooms.ts";
import { settleLeft } from "./settle-left.ts";
import { type ReservedWork, whileReserved } from "./while-reserved.ts";

const account = { tenant: "acme", cluster: "main" };
const stack = "h0:coppice-tenant/acme.main";
const own = { ...account, stack, operation: stack, holder: "ada (process 1)" };
const machines = (count: number): Amounts => ({ ...noAmounts, machines: count });
const room = (name: string, count: number): AskedRoom => {
  const read = () => Promise.resolve({ limits: {}, used: noAmounts, asked: machines(count) });
  return { document: { kind: "LabClass", name, inputs: {} }, read };
};
const talk = { tell: () => undefined, signal: new AbortController().signal };
const unreachable = () =>
  new CoppiceError("database.lost", { what: "The database is gone", wayOut: "Look for it" });

/** A ledger with room for three, which remembers what it was told. */
class FakeLedger implements Pick<Ledger, "reserve" | "release" | "settle" | "show"> {
  readonly told: string[] = [];
  left: Reservation[] = [];
  #held = noAmounts;

  reserve: Ledger["reserve"] = async ({ read, ...rest }) => {
    const { asked } = await read();
    if (rest.what === 'class "broken"') throw unreachable();
    const verdict = judgeQuota({ ...rest, limits: machines(3), used: this.#held, asked });
    if (!verdict.fits) return { fits: false, verdict };
    this.#held = machines(this.#held.machines + asked.machines);
    const reservation = { ...rest, fence: 1, amounts: asked, ends: 0 };
    return Promise.resolve({ fits: true, verdict, reservation });
  };
  release: Ledger["release"] = async ({ what }) => void this.told.push(`release ${what}`);
  settle: Ledger["settle"] = async ({ what }, amounts) =>
    void this.told.push(`settle ${what} ${amounts.machines}`);
  show: Ledger["show"] = async () => [
    { ...account, holdings: [], reservations: this.left.map((each) => ({ ...each, lapsed: false })) },
  ];
}

const reserved = (ledger: FakeLedger, ...rooms: readonly AskedRoom[]) => reserveRooms(ledger, own, rooms);

/** The stack has this class with so many seats. */
const recordOf = (name: string, count: number) => {
  const base = { number: 1, storage: "nas", owned: false, copies: {}, disks: [], config: {} };
  const seats = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`seat-${index}`, { vmid: index, node: "pve1" }]),
  );
  const outputs = { class: name, base, count, seats };
  const parts = [{ urn: "pool", type: "coppice:index:OverlayPool", outputs }];
  return { documents: [{ kind: "LabClass", name, seats: {}, inputs: {}, parts }] };
};

const work = (more: Partial<ReservedWork<string>>): ReservedWork<string> => ({
  held: [],
  keep: () => ({ lost: new AbortController().signal, stop: () => undefined }),
  after: () => Promise.resolve(recordOf("one", 2)),
  run: () => Promise.resolve("done"),
  ...more,
});

test("the first ones have the room where not all fit; who does not is refused by the sentence, and the next one asks", async () => {
  const ledger = new FakeLedger();
  const { held, refused } = await reserved(ledger, room("one", 2), room("two", 2), room("three", 1));
  expect(held.map(({ document }) => document.name)).toEqual(["one", "three"]);
  const figures = { limits: machines(3), used: machines(2), asked: machines(2) };
  const { message } = quotaRefusal(judgeQuota({ tenant: "acme", what: 'class "two"', ...figures }));
  expect(refused).toMatchObject([
    { name: "two", change: "refused", refusals: [{ message, code: "quota.exceeded" }] },
  ]);
});

test("where asking breaks off, nothing is held", async () => {
  const ledger = new FakeLedger();
  const asking = reserved(ledger, room("one", 2), room("broken", 1));
  await expect(asking).rejects.toMatchObject({ code: "database.lost" });
  expect(ledger.told).toEqual(['release class "one"']);
});

test("a run that failed half-way settles with what there is, and fails", async () => {
  const ledger = new FakeLedger();
  const { held } = await reserved(ledger, room("one", 3));
  const run = () => Promise.reject(new Error("the engine is gone"));
  await expect(whileReserved(ledger, work({ held, run }), talk)).rejects.toThrow("the engine is gone");
  expect(ledger.told).toEqual(['settle class "one" 2']);
});

/** A reservation that is lost when told so. */
const losing = () => {
  const lost = new AbortController();
  const lose = () => lost.abort(new CoppiceError("ledger.fenced", { what: "It lapsed", wayOut: "Again" }));
  return { lose, keep: () => ({ lost: lost.signal, stop: () => undefined }) };
};

test("a lost reservation stops the run, and says why", async () => {
  const ledger = new FakeLedger();
  const { held } = await reserved(ledger, room("one", 3));
  const { lose, keep } = losing();
  const run: ReservedWork<string>["run"] = async ({ signal }) => {
    lose();
    return signal.aborted ? "stopped" : "went on";
  };
  const ended = await whileReserved(ledger, work({ held, run, keep }), talk);
  expect(ended).toMatchObject({ result: "stopped", lost: { code: "ledger.fenced" } });
  expect(ledger.told).toEqual(['settle class "one" 2']);
  const broken = work({ held, keep, run: () => Promise.reject(new Error("the engine is gone")) });
  await expect(whileReserved(ledger, broken, talk)).rejects.toMatchObject({ code: "ledger.fenced" });
});

test("a reservation that is lost after the run takes nothing back of it", async () => {
  const ledger = new FakeLedger();
  const { held } = await reserved(ledger, room("one", 3));
  const { lose, keep } = losing();
  const after = () => {
    lose();
    return Promise.resolve(recordOf("one", 2));
  };
  expect(await whileReserved(ledger, work({ held, keep, after }), talk)).toEqual({ result: "done" });
  const other = losing();
  const reading = () => after().finally(other.lose);
  const run = () => Promise.reject(new Error("the engine is gone"));
  const broken = work({ held, keep: other.keep, after: reading, run });
  await expect(whileReserved(ledger, broken, talk)).rejects.toThrow("the engine is gone");
});

test.each([
  ["a ledger that is gone", "[database.lost]", {}, unreachable()],
  ["an error that nobody thought of", "53400", {}, new Error("53400")],
  [
    "a state that cannot be read",
    "no JSON",
    { after: () => Promise.reject(new Error("no JSON")) },
    undefined,
  ],
])("%s after the run takes nothing back of it, and that is told", async (_, why, more, error) => {
  const ledger = new FakeLedger();
  const { held } = await reserved(ledger, room("one", 3));
  if (error !== undefined) ledger.settle = () => Promise.reject(error);
  const { result, untold } = await whileReserved(ledger, work({ held, ...more }), talk);
  expect([result, untold]).toEqual(["done", expect.stringContaining(why)]);
  const run = () => Promise.reject(new Error("the engine is gone"));
  const failing = whileReserved(ledger, work({ held, ...more, run }), talk);
  await expect(failing).rejects.toThrow("the engine is gone");
});

test("what a killed run was promised is settled by the next one, and what others hold is theirs", async () => {
  const ledger = new FakeLedger();
  const left = { ...own, fence: 1, amounts: machines(3), ends: 0 };
  ledger.left = [
    { ...left, what: 'class "one"' },
    { ...left, what: 'class "gone"' },
    { ...left, what: 'class "one"', operation: "another home's" },
  ];
  await settleLeft(ledger, own, recordOf("one", 2));
  expect(ledger.told).toEqual(['settle class "one" 2', 'settle class "gone" 0']);
});

import { CoppiceError, type Progress, progressText } from "@coppice/core";
import { expect, test } from "vitest";
import type { ClassRun } from "./class-run.ts";
import { eachSeat } from "./each-seat.ts";

/** As much of a run as the work with seats needs. */
function runOf(signal = new AbortController().signal, told: Progress[] = []): ClassRun {
  const report = (progress: Progress) => told.push(progress);
  const run = { context: { signal, report }, unfinished: new Map() };
  return run as unknown as ClassRun; // eachSeat reads nothing else
}

const seats = ["ada", "grace", "hedy", "joan", "mary", "rosa"].map((seat, index) => ({
  seat,
  node: `pve${index}`,
  index,
}));

test("the others go on when one seat fails, and each failure keeps its code", async () => {
  const run = runOf();
  const done = await eachSeat(run, seats, "create", async ({ seat, index }) => {
    if (seat === "ada") throw new CoppiceError("pool.space", { what: "No room", why: "it is full" });
    if (seat === "hedy") throw new TypeError("x is not a function");
    return index;
  });
  expect([...done]).toEqual([
    ["grace", 1],
    ["joan", 3],
    ["mary", 4],
    ["rosa", 5],
  ]);
  expect([...run.unfinished]).toEqual([
    ["ada", { code: "pool.space", reason: "No room: it is full" }],
    ["hedy", { code: "provider.unexpected", reason: expect.stringContaining("x is not a function") }],
  ]);
});

test("four are in flight, and after Ctrl-C no other begins", async () => {
  const stop = new AbortController();
  const run = runOf(stop.signal);
  const begun: string[] = [];
  let release = () => {};
  const all = new Promise<void>((resolve) => {
    release = resolve;
  });
  await eachSeat(run, seats, "create", async ({ seat }) => {
    begun.push(seat);
    if (begun.length < 4) return await all;
    stop.abort();
    release();
  });
  expect(begun).toEqual(["ada", "grace", "hedy", "joan"]);
  expect([...run.unfinished].map(([seat, { code }]) => [seat, code])).toEqual([
    ["mary", "provider.interrupted"],
    ["rosa", "provider.interrupted"],
  ]);
});

test("each is told with its node, and counted with others where it is a part of them", async () => {
  const told: Progress[] = [];
  const run = runOf(undefined, told);
  const work = ({ index }: { readonly index: number }) => Promise.resolve(index);
  await eachSeat(run, seats.slice(0, 2), "start", work, { inFlight: 1, tally: { done: 4, all: 6 } });
  expect(told.map(progressText)).toEqual([
    "starting ada on pve0 (4 of 6)",
    "started ada on pve0 (5 of 6)",
    "starting grace on pve1 (5 of 6)",
    "started grace on pve1 (6 of 6)",
  ]);
});

import { CoppiceError } from "@coppice/core";
import { expect, test } from "vitest";
import type { ClassRun } from "./class-run.ts";
import { eachSeat } from "./each-seat.ts";

/** As much of a run as the work with seats needs. */
function runOf(signal = new AbortController().signal): ClassRun {
  const run = { context: { signal, report: () => undefined }, unfinished: new Map() };
  return run as unknown as ClassRun; // eachSeat reads nothing else
}

const seats = ["ada", "grace", "hedy", "joan", "mary", "rosa"].map((seat, index) => ({ seat, index }));

test("the others go on when one seat fails, and each failure keeps its code", async () => {
  const run = runOf();
  const done = await eachSeat(run, seats, "making", async ({ seat, index }) => {
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
  await eachSeat(run, seats, "making", async ({ seat }) => {
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

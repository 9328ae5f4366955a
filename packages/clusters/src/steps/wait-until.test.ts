import { VirtualClock } from "@coppice/core";
import { expect, test } from "vitest";
import { waitUntil } from "./wait-until.ts";

/** Answers how often it was looked at before something that ends at a time was over, or was no longer waited for. */
async function looksUntil(endMs: number, waiting: { longestMs?: number } = {}) {
  const clock = new VirtualClock();
  let looks = 0;
  const start = clock.now();
  const isOver = async () => {
    looks += 1;
    return clock.now() - start >= endMs;
  };
  const waits = waitUntil(isOver, { clock, ...waiting }).then(() => clock.now() - start);
  await clock.advance(10_000);
  return { looks, took: await waits };
}

test("looks again soon at first and every half second later", async () => {
  expect(await looksUntil(0)).toEqual({ looks: 1, took: 0 });
  // 25, 50, 100, 200, 400, then 500 each: 775 and two more.
  expect(await looksUntil(1_700)).toEqual({ looks: 8, took: 1_775 });
});

test("goes on without it when that takes too long", async () => {
  expect((await looksUntil(9_000, { longestMs: 1_000 })).took).toBe(1_275);
});

test("ends with the reason of an abort", async () => {
  const reason = new Error("Ctrl-C");
  const waiting = { clock: new VirtualClock(), signal: AbortSignal.abort(reason) };
  await expect(waitUntil(async () => false, waiting)).rejects.toBe(reason);
});

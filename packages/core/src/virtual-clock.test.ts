import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { VirtualClock } from "./virtual-clock.ts";

/** Starts one sleeper per delay and notes who wakes when. */
function startSleepers(clock: VirtualClock, delays: readonly number[]) {
  const woken: { index: number; at: number }[] = [];
  const sleeps = delays.map((delay, index) =>
    clock.sleep(delay).then(() => {
      woken.push({ index, at: clock.now() });
    }),
  );
  return { woken, sleeps };
}

describe("VirtualClock", () => {
  test("wakes every due sleeper at its own time, in order, and no other", async () => {
    const delays = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 0, max: 60 }), async (all, span) => {
        const clock = new VirtualClock(1_000);
        const { woken } = startSleepers(clock, all);
        await clock.advance(span);
        const due = all
          .map((delay, index) => ({ index, at: 1_000 + delay }))
          .filter(({ at }) => at <= 1_000 + span);
        expect(woken).toEqual(due.sort((a, b) => a.at - b.at || a.index - b.index));
        expect(clock.sleepers).toBe(all.length - due.length);
        expect(clock.now()).toBe(1_000 + span);
      }),
    );
  });

  test("wakes a loop that sleeps again as often as it fits into the span", async () => {
    const clock = new VirtualClock();
    let rounds = 0;
    const stop = new AbortController();
    const loop = (async () => {
      for (;;) {
        await clock.sleep(10, stop.signal);
        rounds += 1;
      }
    })();
    await clock.advance(100);
    stop.abort(new Error("end"));
    await expect(loop).rejects.toThrow("end");
    expect(rounds).toBe(10);
  });

  test("forgets a sleeper whose signal aborts", async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const sleep = clock.sleep(10, controller.signal);
    controller.abort(new Error("enough"));
    await expect(sleep).rejects.toThrow("enough");
    expect(clock.sleepers).toBe(0);
    await expect(clock.sleep(10, controller.signal)).rejects.toThrow("enough");
  });

  test("refuses to go back", async () => {
    await expect(new VirtualClock().advance(-1)).rejects.toThrow("time only moves forward");
  });
});

import { describe, expect, test } from "vitest";
import { systemClock } from "./clock.ts";

describe("systemClock", () => {
  test("never wakes before the time asked for", async () => {
    const before = performance.now();
    await systemClock.sleep(20);
    expect(performance.now() - before).toBeGreaterThan(18);
  });

  test("rejects with the signal's own reason, before and during a sleep", async () => {
    const reason = new Error("enough");
    await expect(systemClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const sleep = systemClock.sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(sleep).rejects.toBe(reason);
  });

  test("does not fire at once for a sleep longer than a timer can count", async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(2 ** 33, controller.signal);
    const first = await Promise.race([
      sleep.then(() => "woken"),
      systemClock.sleep(20).then(() => "still asleep"),
    ]);
    controller.abort(new Error("done"));
    await expect(sleep).rejects.toThrow("done");
    expect(first).toBe("still asleep");
  });
});

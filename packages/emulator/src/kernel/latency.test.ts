import { VirtualClock } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { Latency } from "./latency.ts";

/** Moves the clock by single milliseconds until the work is done; answers how many it took. */
async function spent(clock: VirtualClock, work: Promise<unknown>): Promise<number> {
  const start = clock.now();
  let done = false;
  const ended = work.then(() => {
    done = true;
  });
  for (let steps = 0; steps < 5000; steps += 1) {
    await clock.advance(0);
    if (done) break;
    await clock.advance(1);
  }
  await ended;
  return clock.now() - start;
}

describe("measured latency", () => {
  test("one operation takes its time", async () => {
    const clock = new VirtualClock();
    expect(await spent(clock, new Latency(clock, { fork: 25 }).spend("fork", "pve1"))).toBe(25);
  });

  test("six at once share a node's two processors and get in each other's way, another node has its own", async () => {
    const clock = new VirtualClock();
    const latency = new Latency(clock, { "task:qmcreate": 100 });
    const six = Array.from({ length: 6 }, () => latency.spend("task:qmcreate", "pve1"));
    expect(await spent(clock, latency.spend("task:qmcreate", "pve2"))).toBe(100);
    expect(await spent(clock, Promise.all(six))).toBeCloseTo(6 * 50 * 1.2 - 100, -1);
  });

  test("a quick request gets its turn beside long work", async () => {
    const clock = new VirtualClock();
    const latency = new Latency(clock, { request: 3, worker: 500 });
    const long = [1, 2].map(() => latency.spend("worker", "pve1"));
    expect(await spent(clock, latency.spend("request", "pve1"))).toBeLessThan(20);
    await spent(clock, Promise.all(long));
  });

  test("work done for real counts, and what took too long adds nothing", async () => {
    const clock = new VirtualClock();
    const latency = new Latency(clock, { "clone-disk": 50 });
    expect(
      await spent(
        clock,
        latency.fill("clone-disk", "pve1", () => clock.sleep(30)),
      ),
    ).toBe(50);
    expect(
      await spent(
        clock,
        latency.fill("clone-disk", "pve1", () => clock.sleep(70)),
      ),
    ).toBe(70);
  });

  test("without a table nothing waits", async () => {
    const clock = new VirtualClock();
    await new Latency(clock, {}).spend("perl-start", "pve1");
    expect(clock.sleepers).toBe(0);
  });
});

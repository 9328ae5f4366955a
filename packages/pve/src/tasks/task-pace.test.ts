import { describe, expect, test } from "vitest";
import { TaskPace } from "./task-pace.ts";
import { parseUpid } from "./upid.ts";

const upidOf = (type: string) => parseUpid(`UPID:pve1:000011B9:000B448F:6B00B3EB:${type}:1:root@pam:`);

/** Follows tasks that take so long, one after the other. Answers the looks at the last one, and when its end was seen. */
function follow(pace: TaskPace, type: string, times: readonly number[]): { looks: number; seen: number } {
  let last = { looks: 0, seen: 0 };
  for (const time of times) {
    last = { looks: 0, seen: 0 };
    while (last.seen < time)
      last = { looks: last.looks + 1, seen: last.seen + pace.gap(upidOf(type), last.looks, last.seen) };
    pace.ended(upidOf(type), last.looks, last.seen);
  }
  return last;
}

describe("the pace of looking at tasks", () => {
  test("doubles its gaps as long as nothing is known, up to a second", () => {
    expect(follow(new TaskPace(), "qmclone", [330])).toEqual({ looks: 5, seen: 620 });
  });

  test.each([60, 150, 330, 900, 2_500])(
    "sees tasks of %i ms end soon, by few looks, once it has seen some",
    (time) => {
      const pace = new TaskPace();
      const results = Array.from({ length: 30 }, () => follow(pace, "qmclone", [time])).slice(10);
      const mean = (of: (each: { looks: number; seen: number }) => number) =>
        results.reduce((sum, each) => sum + of(each), 0) / results.length;
      expect(mean(({ seen }) => seen)).toBeLessThan(time * 1.1 + 20);
      expect(mean(({ looks }) => looks)).toBeLessThan(time < 1_000 ? 3.5 : 6.5);
    },
  );

  test("follows tasks that take longer, and shorter again", () => {
    const pace = new TaskPace();
    follow(pace, "qmclone", Array(10).fill(100));
    expect(follow(pace, "qmclone", Array(10).fill(400)).seen).toBeLessThan(480);
    expect(follow(pace, "qmclone", Array(20).fill(100)).seen).toBeLessThan(140);
  });

  test("knows one type of tasks from another", () => {
    const pace = new TaskPace();
    follow(pace, "qmstart", Array(10).fill(5_000));
    expect(pace.gap(upidOf("qmdestroy"), 0, 0)).toBe(20);
  });
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReporter } from "./reporter.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stream(isTTY: boolean) {
  const written: string[] = [];
  return { written, isTTY, write: (text: string) => written.push(text) };
}

function work() {
  let finish = () => {};
  const promise = new Promise<string>((resolve) => {
    finish = () => resolve("result");
  });
  return { promise, finish };
}

test("a step under two seconds is its one line", async () => {
  const out = stream(false);
  const { promise, finish } = work();
  const done = createReporter(out).during("step: because", () => promise);
  await vi.advanceTimersByTimeAsync(1900);
  finish();
  expect(await done).toBe("result");
  expect(out.written).toEqual(["step: because\n"]);
});

test("a log gets a line every 15 seconds, with the latest detail", async () => {
  const out = stream(false);
  const { promise, finish } = work();
  const done = createReporter(out).during("build", (update) => {
    update("7 packages");
    return promise;
  });
  await vi.advanceTimersByTimeAsync(31_000);
  finish();
  await done;
  expect(out.written).toEqual([
    "build\n",
    "  15 s, 7 packages\n",
    "  30 s, 7 packages\n",
    "  done after 31 s\n",
  ]);
});

test("a terminal has one line rewritten, from the first second on", async () => {
  const out = stream(true);
  const { promise, finish } = work();
  const done = createReporter(out).during("build", () => promise);
  await vi.advanceTimersByTimeAsync(3000);
  finish();
  await done;
  const rewritten = out.written.slice(1);
  expect(rewritten.every((text) => text.startsWith("\r\u001b[2K"))).toBe(true);
  expect(rewritten.filter((text) => text.endsWith("\n"))).toEqual(["\r\u001b[2K  done after 3 s\n"]);
});

test("a failure of the work stops the ticking and is passed on", async () => {
  const out = stream(false);
  const failing = createReporter(out).during("build", () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(out.written).toEqual(["build\n"]);
});

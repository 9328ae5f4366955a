import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { thinned } from "./engine-log.ts";

describe("progress lines", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("are thinned out to the first and then the latest of each interval, for each resource", () => {
    const sent: string[] = [];
    const progress = thinned((urn, message) => sent.push(`${urn} ${message}`));
    for (let step = 1; step <= 1000; step++) progress("a", String(step));
    progress("b", "1");
    expect(sent).toEqual(["a 1", "b 1"]);
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual(["a 1", "b 1", "a 1000"]);
    progress("a", "1001");
    expect(sent.at(-1)).toBe("a 1001");
  });
});

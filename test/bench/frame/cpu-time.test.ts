import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { cpuTime } from "./cpu-time.ts";

test.skipIf(process.platform !== "linux")("the time of children that have ended is counted", () => {
  const before = cpuTime();
  const self = process.cpuUsage();
  // Burns 300 ms of CPU time by its own count, however busy the machine is.
  execFileSync(process.execPath, ["-e", "while (process.cpuUsage().user < 300_000);"], { timeout: 50_000 });
  const own = process.cpuUsage(self);
  expect(cpuTime() - before - (own.user + own.system) / 1000).toBeGreaterThan(250);
});

import { afterEach, expect, test, vi } from "vitest";
import { watchOutput } from "./watch-output.ts";

const before = process.exitCode;
afterEach(() => {
  vi.restoreAllMocks();
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners("error");
  process.exitCode = before;
});

test("a command goes on when nobody reads any more what it prints", () => {
  const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  watchOutput();
  const closed = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  for (const stream of [process.stdout, process.stderr]) stream.emit("error", closed);
  expect([process.exitCode, written.mock.calls]).toEqual([before, []]);
});

import { Writable } from "node:stream";
import type { Progress } from "@coppice/core";
import { expect, test } from "vitest";
import { Screen } from "./screen.ts";

function screenOn(isTTY: boolean) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  // A screen asks a stream of the process for no more than this.
  return {
    screen: new Screen(Object.assign(stream, { isTTY }) as unknown as NodeJS.WriteStream),
    written,
  }; // see above
}

const seat = (name: string): Pick<Progress, "verb" | "item"> => ({
  verb: "create",
  item: { kind: "seat", name },
});
const half: Progress = { ...seat("ada"), phase: "done", share: { done: 5, all: 10 } };

test("a log gets plain lines, and progress at most once a second", () => {
  const { screen, written } = screenOn(false);
  screen.progress(half);
  screen.progress(half);
  screen.done("made: 1.0 s");
  expect(written.join("")).toBe("  created ada (5 of 10)\n  ok made: 1.0 s\n");
});

test("a terminal gets one line that is rewritten, and wiped before the next", () => {
  const { screen, written } = screenOn(true);
  screen.progress(half);
  screen.line("done");
  expect(written[0]).toMatch(/^\r\u001b\[2K {2}█{13}░{12} {2}created ada \(5 of 10\)$/);
  expect(written.slice(1)).toEqual(["\r\u001b[2K", "done\n"]);
});

test("what the engine says fits a terminal, and so does progress", () => {
  const { screen, written } = screenOn(true);
  const seats = Array.from({ length: 30 }, (_, index) => `seat-${index}`).join(" ");
  screen.engine([`  28 seats are reset: ${seats}`]);
  screen.progress({ ...half, item: { kind: "seat", name: "a".repeat(100) } });
  const widths = written.map((text) => text.replace("\r\u001b[2K", "").trimEnd().length);
  expect(widths.length).toBeGreaterThan(3);
  expect(Math.max(...widths)).toBe(80);
});

test("what only begins does not take the place of what is done", () => {
  const { screen, written } = screenOn(true);
  screen.progress({ ...seat("ada"), phase: "begun", share: { done: 0, all: 10 } });
  screen.progress(half);
  screen.progress({ ...seat("grace"), phase: "begun", share: { done: 5, all: 10 } });
  screen.progress({ ...seat("hedy"), phase: "failed", share: { done: 6, all: 10 } });
  screen.progress({ verb: "hash", phase: "begun", item: { kind: "generation", name: "2" } });
  expect(written.map((line) => line.split("  ").at(-1))).toEqual([
    "creating ada (0 of 10)",
    "created ada (5 of 10)",
    "could not create hedy (6 of 10)",
    "hashing generation 2",
  ]);
});

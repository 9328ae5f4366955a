import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { DemoScreen } from "./demo-screen.ts";

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
    screen: new DemoScreen(Object.assign(stream, { isTTY }) as unknown as NodeJS.WriteStream),
    written,
  }; // see above
}

const half = { text: "creating ada", share: [5, 10] as const };

test("a log gets plain lines, and progress at most once a second", () => {
  const { screen, written } = screenOn(false);
  screen.progress(half);
  screen.progress(half);
  screen.done("made: 1.0 s");
  expect(written.join("")).toBe("  creating ada (5 of 10)\n  ok made: 1.0 s\n");
});

test("a terminal gets one line that is rewritten, and wiped before the next", () => {
  const { screen, written } = screenOn(true);
  screen.progress(half);
  screen.line("done");
  expect(written[0]).toMatch(/^\r\u001b\[2K {2}█{13}░{12} 5 of 10 {2}creating ada$/);
  expect(written.slice(1)).toEqual(["\r\u001b[2K", "done\n"]);
});

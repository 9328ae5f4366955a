import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { EngineEvent } from "./engine-event.ts";
import { followEvents } from "./follow-events.ts";
import { readEvents } from "./read-events.ts";

const line = (message: string, severity: string) =>
  `${JSON.stringify({ diagnosticEvent: { message, severity, ephemeral: false } })}\n`;

test("who follows a log is told the same as who reads it afterwards, and nothing of a line that was cut off", async () => {
  const folder = await mkdtemp(join(tmpdir(), "coppice-follow-"));
  try {
    const log = join(folder, "events.log");
    const told: EngineEvent[] = [];
    let tellFirst = () => {};
    const first = new Promise<void>((resolve) => {
      tellFirst = resolve;
    });
    const tail = followEvents(log, (event) => {
      told.push(event);
      tellFirst();
    });
    await appendFile(log, line("a", "info") + line("secret", "debug"));
    await first;
    await appendFile(log, line("b", "error") + line("c", "info").slice(0, -2));
    tail.close();
    const texts = told.map((event) => event.kind === "diagnostic" && event.text);
    expect(texts).toEqual(["a", "b"]);
    expect(readEvents(await readFile(log, "utf8"))).toEqual(told);
  } finally {
    await rm(folder, { recursive: true });
  }
});

import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EventTail } from "./event-tail.ts";

test("lines arrive whole and once, also those written last", async () => {
  const folder = await mkdtemp(join(tmpdir(), "coppice-tail-"));
  try {
    const file = join(folder, "events.log");
    const lines: string[] = [];
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const tail = new EventTail(file, (line) => {
      lines.push(line);
      arrive();
    });
    await appendFile(file, "first\nsec");
    await arrived;
    await appendFile(file, "ond\nthird\n");
    tail.close();
    expect(lines).toEqual(["first", "second", "third"]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

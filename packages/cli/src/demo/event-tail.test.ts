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
    const arrived = Promise.withResolvers<void>();
    const tail = new EventTail(file, (line) => {
      lines.push(line);
      arrived.resolve();
    });
    await appendFile(file, "first\nsec");
    await arrived.promise;
    await appendFile(file, "ond\nthird\n");
    tail.close();
    expect(lines).toEqual(["first", "second", "third"]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LineTail } from "./line-tail.ts";

describe("the tail of a file", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "coppice-tail-"));
    file = join(folder, "events.log");
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A tail at work, its lines, and when the first of them has come. */
  function follow() {
    const lines: string[] = [];
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const tail = new LineTail(file, (line) => {
      lines.push(line);
      arrive();
    });
    return { lines, arrived, tail };
  }

  test("lines arrive whole and once, also those written last; one that was cut off does not", async () => {
    const { lines, arrived, tail } = follow();
    await appendFile(file, "first\nsec");
    await arrived;
    await appendFile(file, "ond\nthird\nfour");
    tail.close();
    expect(lines).toEqual(["first", "second", "third"]);
  });

  test("a file that begins anew is read from its beginning", async () => {
    const { lines, arrived, tail } = follow();
    await appendFile(file, "of the preview\ncut o");
    await arrived;
    await writeFile(file, "new\n");
    tail.close();
    expect(lines).toEqual(["of the preview", "new"]);
  });

  test("a letter of several bytes is whole wherever a reading ends", async () => {
    const text = `${"ö".repeat(100_000)}x${"ö".repeat(100_000)}`;
    await writeFile(file, `${text}\n`);
    const lines: string[] = [];
    new LineTail(file, (line) => lines.push(line)).close();
    expect(lines.length).toBe(1);
    expect(lines[0] === text).toBe(true);
  });
});

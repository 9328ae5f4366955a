import { CoppiceError } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { brokenAnswers, CHANGING, hasDone, syncOrders } from "./broken-batch.ts";
import type { NodeOrder } from "./node-program.ts";
import { Transcript } from "./transcript.ts";

const cause = new CoppiceError("ssh.interrupted", { what: "The connection to pve1 was lost" });
const head: NodeOrder[] = [
  ["mark", "0123456789"],
  ["storage", "lab"],
  ["base", "scsi0", "overlay", "qcow2", 9000, "base-9000-disk-0.qcow2"],
];

function saying(...lines: string[]): Transcript {
  const said = new Transcript("pve1");
  for (const line of lines) said.take(line);
  return said;
}

/** What a batch of four comes to whose connection broke after three answers. */
function broken(order: string, isSynced: boolean): string[] {
  const orders = [...head, ...["ada", "grace", "joan", "mary"].map((key): NodeOrder => [order, key, 20_000])];
  const said = saying("begin\tb", "ok\tada\t20000", "taken\tgrace\tin use", "fail\tjoan\tno space left");
  const answers = brokenAnswers(orders, said, { cause, isSynced });
  return [...answers.values()].map(
    ({ word, key, error }) => `${key} ${word} ${error?.code} ${error?.sentence}`,
  );
}

const rest =
  "mary fail ssh.interrupted The connection to pve1 was lost: 3 of 4 orders had been carried out. ";
const others = [
  "grace taken undefined undefined",
  "joan fail pool.node-program Node 'pve1' did not do its part: no space left",
  `${rest}Run the operation again: it does the rest`,
];

describe("a batch that broke off", () => {
  test.each([
    ["make", true],
    ["renew", true],
    ["copy", false],
    ["settle", false],
    ["discard", false],
  ])("of '%s' (synced: %s) keeps what was answered, and fails the rest by name", (order, isSynced) => {
    expect(broken(order, isSynced)).toEqual(["ada ok undefined undefined", ...others]);
  });

  test.each(["make", "renew"])("of '%s' counts no disk that may not have reached the storage", (order) => {
    const unknown =
      "ada fail ssh.interrupted The connection to pve1 was lost: whether the disks that it had made are on the storage " +
      "is not known. Run the operation again: it makes them anew and does the rest";
    expect(broken(order, false)).toEqual([unknown, ...others]);
  });

  test("has changed something when an order that changes something was carried out", () => {
    const orders: NodeOrder[] = [...head, ["hash", "base", 9000, "x.raw"], ["make", "ada", 20_000]];
    expect(hasDone(CHANGING, orders, saying("ok\tbase\tff", "fail\tada\tno space left"))).toBe(false);
    expect(hasDone(CHANGING, orders, saying("ok\tbase\tff", "ok\tada\t20000"))).toBe(true);
  });

  test("is synced under the same mark on the same storage, whatever became of the base", () => {
    expect(syncOrders([...head, ["make", "ada", 20_000]])).toEqual([...head.slice(0, 2), ["sync"]]);
  });
});

test("a disk that is full is told from a program that failed", () => {
  const { answers } = saying(
    "fail\tada\tqemu-img: error while writing: No space left on device",
    "fail\tjoan\tbroken",
  );
  expect([...answers.values()].map(({ error }) => error?.code)).toEqual(["pool.space", "pool.node-program"]);
});

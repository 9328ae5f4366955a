import { execFile, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { make, NodeFolder } from "./fixtures/node-folder.ts";
import { type NodeOrder, nodeInput } from "./node-program.ts";

let node: NodeFolder;

beforeEach(() => {
  node = new NodeFolder();
});

afterEach(() => node[Symbol.dispose]());

/** A program that is at work. */
function start(orders: readonly NodeOrder[]) {
  const child = spawn("perl", ["-"], { stdio: ["pipe", "pipe", "inherit"] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  child.stdin.end(nodeInput([...node.head(), ...orders]));
  const says = async (count: number) => {
    while (lines.length < count) await once(reader, "line");
  };
  return { child, says, said: once(reader, "close").then(() => lines) };
}

/** A program that waits in the middle of its work, for {@link openGate}. */
function startWaiting(orders: readonly NodeOrder[]) {
  execFileSync("mkfifo", [gate()]);
  return start(orders);
}

const gate = () => join(node.images, "9000/base-9000-disk-2.raw");
/** Whoever reads a FIFO waits until somebody opens it for writing. */
const openGate = () => promisify(execFile)("sh", ["-c", ': > "$0"', gate()], { timeout: 20_000 });
const wait: NodeOrder = ["hash", "wait", 9000, "base-9000-disk-2.raw"];

describe("a connection that breaks", () => {
  const made = () => readdirSync(node.images).filter((name) => name !== "9000");

  test("while the orders are sent has nothing done", () => {
    const input = nodeInput([...node.head(), make(20_000), make(20_001)]);
    // Without its very last byte, a line break, it is whole.
    const atTheEnd = Array.from({ length: 60 }, (_, before) => input.length - 2 - before);
    const anywhere = Array.from({ length: 30 }, (_, part) => Math.floor((input.length * part) / 30));
    for (const at of [...anywhere, ...atTheEnd]) {
      const { stdout } = spawnSync("perl", ["-"], { input: input.slice(0, at), encoding: "utf8" });
      expect([at, stdout, made()]).toEqual([at, "", []]);
    }
  });

  test("while it works ends it after what it has in hand", async () => {
    // What it has said is sent before it reads a file: the answer to the first finds nobody there.
    const read: NodeOrder = ["hash", "read", 9000, "base-9000-disk-0.qcow2"];
    const { child, says } = startWaiting([make(20_000), wait, read, make(20_001)]);
    const exit = once(child, "exit");
    await says(2);
    child.stdout.destroy();
    await once(child.stdout, "close");
    await openGate();
    expect(await exit).toEqual([null, "SIGPIPE"]);
    expect(made()).toEqual(["20000"]);
  });
});

describe("two programs of one mark", () => {
  test("work one after the other: the first may still have an order in hand when its connection is gone", async () => {
    const first = startWaiting([wait, make(20_000)]);
    await first.says(1);
    const second = start([["discard", "ada", 20_000]]);
    await second.says(1);
    await openGate();
    expect((await first.said).at(-2)).toBe("ok\tseat-20000\t20000");
    expect((await second.said).at(-2)).toBe("ok\tada");
    expect(existsSync(join(node.images, "20000"))).toBe(false);
  });
});

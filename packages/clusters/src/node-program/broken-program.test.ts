import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { make, NodeFolder } from "./fixtures/node-folder.ts";
import { openGate, start, startWaiting, wait } from "./fixtures/program-at-work.ts";
import { nodeInput } from "./node-program.ts";

let node: NodeFolder;

beforeEach(() => {
  node = new NodeFolder();
});

afterEach(() => node[Symbol.dispose]());

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

  test("while it works ends it after what it has in hand, also where the clock stands still", async () => {
    const trouble = [`-I${join(import.meta.dirname, "fixtures")}`, "-MTrouble=clock"];
    const { child, says } = startWaiting(node, [make(20_000), wait, make(20_001)], ...trouble);
    const exit = once(child, "exit");
    await says(2);
    child.stdout.destroy();
    await once(child.stdout, "close");
    await openGate(node);
    expect(await exit).toEqual([null, "SIGPIPE"]);
    expect(made()).toEqual(["20000"]);
  });
});

describe("two programs of one mark", () => {
  test("work one after the other: the first may still have an order in hand when its connection is gone", async () => {
    const first = startWaiting(node, [wait, make(20_000)]);
    await first.says(1);
    const second = start(node, [["discard", "ada", 20_000]]);
    await second.says(1);
    await openGate(node);
    expect((await first.said).at(-2)).toBe("ok\tseat-20000\t20000");
    expect((await second.said).at(-2)).toBe("ok\tada");
    expect(existsSync(join(node.images, "20000"))).toBe(false);
  });
});

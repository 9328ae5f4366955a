import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const program = fileURLToPath(new URL("fixtures/order-process.ts", import.meta.url));
let folder: string;
let children: ChildProcess[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-orders-"));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

/** A process that gives an order, and what it tells, word by word. */
class Orderer {
  readonly #child: ChildProcess;
  readonly #heard: string[] = [];
  readonly ended: Promise<unknown>;

  constructor(name: string, end: "live" | "die" = "live") {
    this.#child = fork(program, [folder, name, end]);
    children.push(this.#child);
    this.#child.on("message", (word) => {
      if (typeof word === "string") this.#heard.push(word);
    });
    this.ended = once(this.#child, "exit");
  }

  async heard(word: string): Promise<void> {
    while (!this.#heard.includes(word)) await once(this.#child, "message");
  }

  /** What became of its order; undefined where it never heard. */
  async outcome(): Promise<string | undefined> {
    await this.ended;
    return this.#heard.find((word) => word.includes(" in "));
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }
}

const openGate = () => writeFile(join(folder, "open"), "");
const runs = async () => (await readFile(join(folder, "log"), "utf8")).trim().split("\n");
const left = () => readdir(join(folder, "state/.coppice/orders/coppice-tenant/main"));
const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `o${index + 10}`);

/** One that runs, and others that wait for it. */
async function crowd(names: readonly string[], end: "live" | "die" = "live") {
  const first = new Orderer("first");
  await first.heard("runs");
  const others = names.map((name) => new Orderer(name, end));
  await Promise.all(others.map((other) => other.heard("waits")));
  return { first, others };
}

test("25 orders at once are carried out in two runs, and everybody hears of his own", async () => {
  const names = namesOf(25);
  const all = names.map((name) => new Orderer(name));
  // One runs, the others wait.
  const words = all.map(async (each) => await Promise.race([each.heard("waits"), each.heard("runs")]));
  await Promise.all(words);
  await openGate();
  const outcomes = await Promise.all(all.map((each) => each.outcome()));
  const done = await runs();
  // Who was quick enough is in the first.
  expect(done).toHaveLength(2);
  expect(done.join(" ").split(" ").sort()).toEqual(names);
  const runOf = (name: string) => 1 + done.findIndex((line) => line.split(" ").includes(name));
  expect(outcomes).toEqual(names.map((name) => `${name} in ${runOf(name)}`));
  expect(await left()).toEqual([]);
});

test("an order whose process dies while it waits is dropped, and keeps nobody", async () => {
  const { first, others } = await crowd(["dead", "living"]);
  others[0]?.kill();
  await others[0]?.ended;
  await openGate();
  expect(await first.outcome()).toBe("first in 1");
  expect(await others[1]?.outcome()).toBe("living in 2");
  expect(await runs()).toEqual(["first", "living"]);
  expect(await left()).toEqual([]);
});

test("orders that a dying process had in hand are taken up by the next", async () => {
  const names = namesOf(4);
  const { first, others } = await crowd(names, "die");
  await openGate();
  expect(await first.outcome()).toBe("first in 1");
  const outcomes = await Promise.all(others.map((other) => other.outcome()));
  const dead = names.filter((_, index) => outcomes[index] === undefined);
  expect(dead).toHaveLength(1);
  const living = names.filter((name) => name !== dead[0]);
  expect(outcomes.filter((outcome) => outcome !== undefined)).toEqual(living.map((name) => `${name} in 3`));
  expect(await runs()).toEqual(["first", names.join(" "), living.join(" ")]);
  expect(await left()).toEqual([]);
});

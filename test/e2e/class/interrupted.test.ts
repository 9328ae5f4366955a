import { type Emulator, startEmulator } from "@coppice/emulator";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ClassStack } from "./class-stack.ts";
import { descendants } from "./descendants.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "./guests-left.ts";

const SEATS = 12;

describe("a class whose making is interrupted", { timeout: 240_000 }, () => {
  let emulator: Emulator;
  let stack: ClassStack;
  beforeEach(async () => {
    // With a genuine node's times a create lasts long enough to be interrupted.
    emulator = await startEmulator({ nodes: 2, latency: "measured" });
    stack = await ClassStack.create(emulator, {
      example: "lab-class",
      config: { "lab-class:seats": String(SEATS) },
    });
  });
  afterEach(async () => {
    await stack.remove();
    await emulator.stop();
  });

  async function expectFinished(): Promise<void> {
    expect(await stack.failureOf("up", "--yes", "--skip-preview")).toBe("");
    const machines = (await guestsAndDisks(emulator)).filter((name) => name.endsWith(".conf"));
    expect(machines).toHaveLength(1 + 1 + SEATS);
    expect(Object.keys(await stack.output<object>("seats"))).toHaveLength(SEATS);
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
    expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
    expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);
  }

  test("kill -9 of engine and plugin: cancel, and the next update finishes it without a duplicate", async () => {
    const run = stack.start("up", "--yes", "--skip-preview");
    await run.said("creating seat-");
    const engine = run.pid ?? 0;
    for (const pid of [engine, ...descendants(engine)]) process.kill(pid, "SIGKILL");
    expect((await run.finished()).code).not.toBe(0);
    expect(await stack.failureOf("cancel", "--yes")).toBe("");
    await expectFinished();
  });

  test("kill -9 of the engine alone: the plugin ends by itself, and the next update finishes it", async () => {
    const run = stack.start("up", "--yes", "--skip-preview");
    await run.said("creating seat-");
    run.signal("SIGKILL");
    await run.finished();
    expect(await stack.failureOf("cancel", "--yes")).toBe("");
    await expectFinished();
  });

  test("Ctrl-C: what is made is in the state, and the next update makes the rest", async () => {
    const run = stack.start("up", "--yes", "--skip-preview");
    await run.said("creating seat-");
    run.signal("SIGINT");
    expect((await run.finished()).code).not.toBe(0);
    await expectFinished();
  });
});

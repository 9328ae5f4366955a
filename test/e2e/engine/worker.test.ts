import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createWorkers, holdStack, type RunOutcome, type Workers } from "@coppice/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { strikeAt } from "../class-crash/moment.ts";
import { EngineLab, listen } from "./engine-lab.ts";

/** A worker with one class; each test begins without it and ends so. */
describe("a worker", { timeout: 180_000 }, () => {
  let lab: EngineLab;
  let workers: Workers;
  let engine: number | undefined;
  beforeAll(async () => {
    lab = await EngineLab.start();
    workers = createWorkers({ ...lab.options, size: 1 });
    await workers.ready();
  }, 60_000);
  afterAll(async () => {
    workers.close();
    await lab.remove();
  });

  const talk = () => ({ ...listen(), started: (pid: number) => (engine = pid) });
  /** As an operation does: whoever has the lease clears the lock of an engine that was killed. */
  const run = async (
    verb: "up" | "preview" | "destroy",
    seats: number,
    by = workers,
  ): Promise<RunOutcome> => {
    const order = lab.order(verb, seats);
    const { signal } = new AbortController();
    return await holdStack(lab.home, order, { who: "ada", signal }, (lease) => by.run(order, talk(), lease));
  };
  const kill = (...pids: readonly (number | undefined)[]) => {
    for (const pid of pids) process.kill(pid ?? 0, "SIGKILL");
  };
  const locks = () => {
    const folder = join(lab.home.folder, "state/.pulumi/locks");
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  };

  const accidents: readonly (readonly [string, () => void, string])[] = [
    ["the worker", () => kill(...workers.pids()), "engine.worker"],
    ["its engine", () => kill(engine), "engine.ended"],
    ["both", () => kill(engine, ...workers.pids()), "engine.worker"],
  ];

  test.each(accidents)(
    "killed in the midst of a class's making, %s: the same order finishes it",
    async (_, accident, code) => {
      const watch = strikeAt(lab.emulator, { disksOf: 20_003 }, () => {
        accident();
        return undefined;
      });
      const broken = await run("up", 5);
      watch.stop();
      expect(watch.hasStruck()).toBe(true);
      expect(broken).toMatchObject({
        result: "failed",
        failures: expect.arrayContaining([expect.objectContaining({ code })]),
      });
      expect(broken.left).toEqual([expect.stringMatching(/OverlayPool::lab$/)]);
      expect(await run("up", 5)).toMatchObject({ result: "succeeded", left: [] });
      expect((await lab.machines()).map((name) => name.split(" ")[0])).toEqual(
        [20_001, 20_002, 20_003, 20_004, 20_005].map(String),
      );
      expect(await run("preview", 5)).toMatchObject({ result: "succeeded", changes: { same: 4 } });
      expect(locks()).toEqual([]);
      expect(await run("destroy", 5)).toMatchObject({ result: "succeeded" });
      expect(await lab.machines()).toEqual([]);
    },
  );

  test("is kept after a run that succeeded, and replaced after one that failed", async () => {
    await run("preview", 1);
    const [first] = workers.pids();
    await run("preview", 1);
    expect(workers.pids()).toEqual([first]);
    const documents = [{ kind: "LabClass", name: "lab", inputs: {} }];
    expect(
      await workers.run(lab.order("preview", 0, { documents }), talk(), "changes nothing"),
    ).toMatchObject({
      result: "failed",
    });
    expect(workers.pids()).not.toContain(first);
    expect(await run("preview", 1)).toMatchObject({ result: "succeeded" });
  });

  test("does not begin what was called off before, also while it waited for a worker", async () => {
    const events: object[] = [];
    const order = lab.order("preview", 1);
    const off = { tell: (event: object) => void events.push(event) };
    const early = await workers.run(
      order,
      { ...off, signal: AbortSignal.abort(new Error("called off")) },
      "changes nothing",
    );
    const first = workers.run(lab.order("preview", 1), talk(), "changes nothing");
    const late = new AbortController();
    const waiting = workers.run(order, { ...off, signal: late.signal }, "changes nothing");
    late.abort(new Error("called off"));
    expect([early.result, (await waiting).result, events]).toEqual(["cancelled", "cancelled", []]);
    expect(await first).toMatchObject({ result: "succeeded" });
  });

  test("that is waited for when all are closed: the order is not begun, and nobody waits for ever", async () => {
    const closing = createWorkers({ ...lab.options, size: 1 });
    const first = closing.run(lab.order("preview", 1), talk(), "changes nothing");
    const second = closing.run(lab.order("preview", 1), talk(), "changes nothing");
    closing.close();
    expect([(await first).result, (await second).result]).toEqual(["succeeded", "cancelled"]);
  });

  test("stops a run that takes too long, and says so", async () => {
    const hasty = createWorkers({ ...lab.options, size: 1, longest: 300 });
    const outcome = await run("up", 25, hasty);
    hasty.close();
    expect(outcome).toMatchObject({ result: "failed", failures: [{ code: "engine.too-long" }] });
    expect(await run("destroy", 25)).toMatchObject({ result: "succeeded" });
  });

  test("that lacks memory ends its run, and says why", async () => {
    const small = createWorkers({ ...lab.options, size: 1, memory: 16 });
    const { result, failures } = await small.run(lab.order("preview", 1), talk(), "changes nothing");
    small.close();
    expect([result, failures]).toMatchObject(["failed", [{ code: "engine.worker" }]]);
    expect(failures[0]?.message).toContain("more memory");
  });

  test("takes no order that changes a stack without its lease", async () => {
    await expect(workers.run(lab.order("up", 1), talk(), "changes nothing")).rejects.toThrow("its lease");
  });

  test("gives orders out one by one where there are more than workers", async () => {
    const outcomes = await Promise.all(
      ["a", "b", "c"].map((stack) =>
        workers.run(lab.order("preview", 1, { stack }), talk(), "changes nothing"),
      ),
    );
    expect(outcomes.map(({ result }) => result)).toEqual(["succeeded", "succeeded", "succeeded"]);
  });
});

import { CoppiceError, type Progress, progressText } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { runSteps } from "./run-steps.ts";

describe("running steps", () => {
  test("goes on after a failed step and names it with its reason", async () => {
    const told: Progress[] = [];
    const context = { signal: new AbortController().signal, report: (one: Progress) => told.push(one) };
    const step = (item: string) => {
      if (item === "b") return Promise.reject(new CoppiceError("name.invalid", { what: "b is no name" }));
      return Promise.resolve(item.toUpperCase());
    };
    const { finished, unfinished } = await runSteps(["a", "b", "c"], context, step, { verb: "create" });
    expect([...finished]).toEqual([
      ["a", "A"],
      ["c", "C"],
    ]);
    expect(unfinished).toEqual([{ item: "b", code: "name.invalid", reason: "b is no name" }]);
    expect(told.map(progressText)).toEqual([
      "creating a (0 of 3)",
      "created a (1 of 3)",
      "creating b (1 of 3)",
      "could not create b (2 of 3)",
      "creating c (2 of 3)",
      "created c (3 of 3)",
    ]);
  });

  test("tells where a seat is, counts on with others, and does not call done what is still to come", async () => {
    const told: Progress[] = [];
    const context = { signal: new AbortController().signal, report: (one: Progress) => told.push(one) };
    const { finished } = await runSteps(["a", "b"], context, (seat) => Promise.resolve(seat), {
      verb: "start",
      nodeOf: (seat) => `node-of-${seat}`,
      isDone: (seat) => seat !== "a",
      tally: { done: 7, all: 10 },
    });
    expect([...finished.keys()]).toEqual(["a", "b"]);
    expect(told.map(progressText)).toEqual([
      "starting a on node-of-a (7 of 10)",
      "starting b on node-of-b (7 of 10)",
      "started b on node-of-b (8 of 10)",
    ]);
  });

  test("lets the step in hand end after an abort and starts no other", async () => {
    const controller = new AbortController();
    const context = { signal: controller.signal, report: () => undefined };
    const step = (item: string) => {
      if (item === "b") controller.abort();
      return Promise.resolve(item);
    };
    const { finished, unfinished } = await runSteps(["a", "b", "c", "d"], context, step, { verb: "create" });
    expect([...finished.keys()]).toEqual(["a", "b"]);
    expect(unfinished.map(({ item, code }) => [item, code])).toEqual([
      ["c", "provider.interrupted"],
      ["d", "provider.interrupted"],
    ]);
  });

  test("keeps no more steps in flight than allowed", async () => {
    let running = 0;
    let most = 0;
    const step = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    const context = { signal: new AbortController().signal, report: () => undefined };
    await runSteps(["a", "b", "c", "d", "e"], context, step, { verb: "create", inFlight: 2 });
    expect(most).toBe(2);
  });
});

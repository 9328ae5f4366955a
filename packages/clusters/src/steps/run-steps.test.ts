import { CoppiceError } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { runSteps } from "./run-steps.ts";

describe("running steps", () => {
  test("goes on after a failed step and names it with its reason", async () => {
    const lines: string[] = [];
    const context = { signal: new AbortController().signal, report: (line: string) => lines.push(line) };
    const step = (item: string) => {
      if (item === "b") return Promise.reject(new CoppiceError("name.invalid", { what: "b is no name" }));
      return Promise.resolve(item.toUpperCase());
    };
    const { finished, unfinished } = await runSteps(["a", "b", "c"], context, step, { verb: "making" });
    expect([...finished]).toEqual([
      ["a", "A"],
      ["c", "C"],
    ]);
    expect(unfinished).toEqual([{ item: "b", code: "name.invalid", reason: "b is no name" }]);
    expect(lines).toEqual(["making a (1 of 3)", "making b (2 of 3)", "making c (3 of 3)"]);
  });

  test("lets the step in hand end after an abort and starts no other", async () => {
    const controller = new AbortController();
    const context = { signal: controller.signal, report: () => undefined };
    const step = (item: string) => {
      if (item === "b") controller.abort();
      return Promise.resolve(item);
    };
    const { finished, unfinished } = await runSteps(["a", "b", "c", "d"], context, step, { verb: "making" });
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
    await runSteps(["a", "b", "c", "d", "e"], context, step, { verb: "making", inFlight: 2 });
    expect(most).toBe(2);
  });
});

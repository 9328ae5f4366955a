import { describe, expect, test } from "vitest";
import type { Progress } from "./progress.ts";
import { parseProgressLine, progressLine } from "./progress-line.ts";

const made: Progress = { verb: "create", phase: "done", item: { kind: "seat", name: "ada" } };

describe("a line of progress", () => {
  test.each<Progress>([
    made,
    { ...made, node: "pve1", share: { done: 1, all: 25 } },
    { verb: "wait-for-migration", phase: "failed", item: { kind: "machine", name: "9000" } },
  ])("is read back as it was: %o", (progress) => {
    expect(parseProgressLine(progressLine(progress))).toEqual(progress);
  });

  test("is one line, whatever an item is called", () => {
    const odd = { ...made, item: { kind: "seat", name: 'a\n"b' } } as const;
    expect(progressLine(odd)).not.toContain("\n");
    expect(parseProgressLine(progressLine(odd))).toEqual(odd);
  });

  test("carries nothing but what a progress is made of", () => {
    const line = progressLine(made).replace("}}", '},"later":1}');
    expect(parseProgressLine(line)).toEqual(made);
  });

  test.each([
    ["a sentence that looks like one", "creating ada (1 of 25)"],
    ["the same JSON without our mark", JSON.stringify(made)],
    ["a line that was cut off", progressLine(made).slice(0, -1)],
    ["a verb of a later version", progressLine(made).replace("create", "hibernate")],
    ["a verb that every object has", progressLine(made).replace("create", "constructor")],
    ["an unknown phase", progressLine(made).replace("done", "paused")],
    ["an unknown kind of item", progressLine(made).replace("seat", "moon")],
    ["an item without a name", progressLine(made).replace('"ada"', "7")],
    ["no item", progressLine(made).replace('{"kind":"seat","name":"ada"}', "null")],
  ])("is none: %s", (_, line) => {
    expect(parseProgressLine(line)).toBeUndefined();
  });
});

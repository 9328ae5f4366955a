import { describe, expect, test } from "vitest";
import { nearestNames } from "./nearest-names.ts";

describe("the nearest names", () => {
  test.each([
    ["polcy", ["policy", "policyOf"], ["policy"]],
    ["polciy", ["policy"], ["policy"]],
    ["VMIDs", ["vmids"], ["vmids"]],
    ["start_batch", ["startBatch"], ["startBatch"]],
    ["post", ["port", "host", "user"], ["port", "host"]],
    ["overcomit", ["overcommit"], ["overcommit"]],
    ["acommodate", ["accommodation"], []],
    ["templet", ["template"], ["template"]],
    ["ada", ["ada-1", "bob"], ["ada-1"]],
    ["x", ["to"], []],
    ["mem", ["memory", "cores"], ["memory"]],
    ["environment", ["env", "file"], ["env"]],
    ["tagged", ["tag", "tagger"], ["tagger"]],
  ])("of %j among %j are %j", (word, names, nearest) => {
    expect(nearestNames(word, names)).toEqual(nearest);
  });

  test("are named once, and a whole page is compared with none", () => {
    expect(nearestNames("adda", ["ada", "ada"])).toEqual(["ada"]);
    expect(nearestNames("a".repeat(100_000), ["a".repeat(99_999)])).toEqual([]);
  });
});

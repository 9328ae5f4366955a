import { expect, test } from "vitest";
import { seeingDestroy } from "./seeing-destroy.ts";

const both = ["--refresh", "--suppress-outputs"];

test.each([
  [["destroy"], ["destroy", ...both]],
  [
    ["-C", "lab", "destroy", "--yes"],
    ["-C", "lab", "destroy", "--yes", ...both],
  ],
  [
    ["destroy", "--refresh=false"],
    ["destroy", "--refresh=false", "--suppress-outputs"],
  ],
  [
    ["destroy", "-r", "--suppress-outputs=false"],
    ["destroy", "-r", "--suppress-outputs=false"],
  ],
  [
    ["destroy", "--help"],
    ["destroy", "--help"],
  ],
  [
    ["up", "--yes"],
    ["up", "--yes"],
  ],
])("%j is run as %j", (given, run) => {
  expect(seeingDestroy(given)).toEqual(run);
});

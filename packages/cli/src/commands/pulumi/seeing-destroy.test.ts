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
  [
    ["up", "--stack", "down"],
    ["up", "--stack", "down"],
  ],
  [
    ["stack", "rm", "destroy"],
    ["stack", "rm", "destroy"],
  ],
  [
    ["-v", "3", "--color", "never", "down"],
    ["-v", "3", "--color", "never", "down", ...both],
  ],
])("%j is run as %j", (given, run) => {
  expect(seeingDestroy(given)).toEqual(run);
});

import { resolve } from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "./project-folder.ts";

test.each([
  [["up"], "."],
  [["up", "-C", "lab"], "lab"],
  [["--cwd", "lab", "up"], "lab"],
  [["--cwd=lab", "up"], "lab"],
  [["-C=lab", "up"], "lab"],
  [["-Clab", "up"], "lab"],
  [["up", "-C"], "."],
])("%j works in %s", (args, folder) => {
  expect(projectFolder(args)).toBe(resolve(folder));
});

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { shellWord } from "./shell-word.ts";

/** This command by its name where PATH has it, else by a file: usually the one that a project's packages bring. */
export function typedCommand(path: string | undefined, file = "node_modules/.bin/coppice"): string {
  const folders = (path ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "" && !folder.includes("node_modules"));
  return folders.some((folder) => isExecutable(join(folder, "coppice"))) ? "coppice" : shellWord(file);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

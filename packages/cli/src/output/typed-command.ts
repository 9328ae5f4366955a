import { delimiter } from "node:path";
import { findExecutable } from "@coppice/toolchain/run";
import { shellWord } from "./shell-word.ts";

/** This command by its name where PATH has it, else by a file: usually the one that a project's packages bring. */
export function typedCommand(path: string | undefined, file = "node_modules/.bin/coppice"): string {
  return isTypable("coppice", path) ? "coppice" : shellWord(file);
}

/** The engine as it is typed: by its name where PATH has it, else through our own command, which finds or makes it. */
export function typedPulumi(path: string | undefined): string {
  return isTypable("pulumi", path) ? "pulumi" : `${typedCommand(path)} pulumi`;
}

/** Whether a shell finds a program by its name; npm puts a project's own folder before PATH for its scripts alone. */
function isTypable(name: string, path = ""): boolean {
  const folders = path.split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return findExecutable(name, folders.join(delimiter)) !== undefined;
}

import { delimiter } from "node:path";
import { findExecutable } from "@coppice/toolchain";
import { typedCommand } from "../../output/typed-command.ts";

/** The engine as it is typed: by its name where PATH has it, else through our own command, which finds or makes it. */
export function typedPulumi(path: string | undefined): string {
  const folders = (path ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const isFound = findExecutable("pulumi", folders.join(delimiter)) !== undefined;
  return isFound ? "pulumi" : `${typedCommand(path)} pulumi`;
}

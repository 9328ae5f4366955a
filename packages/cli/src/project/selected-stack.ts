import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { accountHome, type Environment } from "@coppice/engine";

/** What the engine knows a project's workspace by. */
export interface NamedProject {
  readonly name: string;
  /** Its file, as the engine spells it: by the folder that it was started in. */
  readonly file: string;
}

/**
 * The stack that is selected in a project, found as the engine does (pulumi, sdk/go/common/workspace/workspace.go): by
 * PULUMI_STACK, else in a file of the user named after the project and a hash of its path. Undefined where none is.
 */
export function selectedStack({ name, file }: NamedProject, environment: Environment): string | undefined {
  if (environment["PULUMI_STACK"]) return environment["PULUMI_STACK"];
  const home = environment["PULUMI_HOME"] || join(accountHome(environment), ".pulumi");
  const hash = createHash("sha1").update(file).digest("hex");
  try {
    const text = readFileSync(join(home, "workspaces", `${name}-${hash}-workspace.json`), "utf8");
    // The engine's own file.
    return (JSON.parse(text) as { stack?: string }).stack;
  } catch {
    // The engine takes a workspace that it cannot read for one without a stack as well.
    return undefined;
  }
}

/** The folder that a program was started in, as Go spells it: PWD, through whatever links, where that is the same folder. */
export function spelledFolder(folder: string, { PWD: spelled }: Environment): string {
  if (!spelled?.startsWith("/")) return folder;
  const [here, there] = [folder, spelled].map((path) => statSync(path, { throwIfNoEntry: false }));
  return here?.ino === there?.ino && here?.dev === there?.dev ? spelled : folder;
}

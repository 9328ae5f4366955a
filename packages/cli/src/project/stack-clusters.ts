import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { CoppiceError, type JsonValue } from "@coppice/core";
import type { Environment } from "@coppice/engine";
import { projectFile } from "@coppice/toolchain";
import { decryptedClusters } from "./decrypted-clusters.ts";
import { selectedStack, spelledFolder } from "./selected-stack.ts";
import { clustersIn, type Project, readMapping, stackFile, stacksIn } from "./stack-file.ts";

/** The configuration `coppice:clusters` of a stack. */
export interface StackClusters {
  readonly given: JsonValue | undefined;
  /** It was encrypted, so that a literal credential in it is none that anybody reads. */
  readonly secret: boolean;
  /** The project's folder, in which relative names of files begin. */
  readonly folder: string;
}

/** Where a stack is looked for. */
export interface StackWish {
  readonly folder: string;
  /** The selected one, where none is named. */
  readonly stack?: string | undefined;
  readonly environment: Environment;
}

/**
 * Reads the stack's clusters out of the project's files. The engine is asked for what is encrypted, and for nothing else.
 * Undefined where there is no project or no stack is selected: the environment's variables count then, as for the provider.
 *
 * @throws CoppiceError `provider.config` when there is one that cannot be read
 */
export async function readStackClusters(wish: StackWish): Promise<StackClusters | undefined> {
  const { folder, environment } = wish;
  const found = projectFile(spelledFolder(folder, environment));
  if (found === undefined) return refuseNamed(wish.stack, "there is no Pulumi.yaml here or above");
  const project = { ...found, content: readMapping(found.file, found.text) };
  const { name } = project.content;
  const named = { name: typeof name === "string" ? name : "", file: project.file };
  const stack = wish.stack ?? selectedStack(named, environment);
  if (stack === undefined) return undefined;
  const file = stackFile(project, stack);
  if (wish.stack !== undefined && !existsSync(file)) return refuseNamed(stack, whyNot(project, file));
  const { given, needsEngine } = clustersIn(project, readMapping(file));
  if (!needsEngine) return { given, secret: false, folder: project.folder };
  return { ...(await decryptedClusters(folder, stack)), folder: project.folder };
}

function refuseNamed(stack: string | undefined, why: string): undefined {
  if (stack === undefined) return undefined;
  throw new CoppiceError("provider.config", {
    what: `The configuration of the stack '${stack}' cannot be read`,
    why,
    wayOut: "Name another by --stack, or go into the project's folder",
  });
}

function whyNot(project: Project, file: string): string {
  const known = stacksIn(project);
  const others = known.length === 0 ? "no stack has such a file" : `there are files of ${known.join(", ")}`;
  return `there is no ${basename(file)} in ${dirname(file)}; ${others}`;
}

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { CoppiceError, isProperties, type JsonValue, type Properties } from "@coppice/core";
import { parse, YAMLParseError } from "yaml";

const KEY = "coppice:clusters";

/** A project's file, read. */
export interface Project {
  readonly folder: string;
  readonly file: string;
  readonly content: Properties;
}

/** What a stack's files say of its clusters. */
export interface FoundClusters {
  readonly given: JsonValue | undefined;
  /** Something in it only the engine can read: encrypted values, or an environment of Pulumi's service. */
  readonly needsEngine: boolean;
}

/**
 * The file of a stack's configuration: beside the project's, or where that says, with the same ending (pulumi,
 * sdk/go/common/workspace/paths.go). The name counts without the organization and project before it.
 */
export function stackFile({ file, content }: Project, stack: string): string {
  const own = content["stackConfigDir"];
  const folder = join(dirname(file), typeof own === "string" ? own : "");
  return join(folder, `Pulumi.${stack.split("/").at(-1)}${extname(file)}`);
}

/** Stacks that have a file of their own. */
export function stacksIn(project: Project): string[] {
  const folder = dirname(stackFile(project, ""));
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.flatMap((name) => /^Pulumi\.(.+)\.(?:json|ya?ml)$/.exec(name)?.[1] ?? []);
}

/** The stack's own value counts, else the project's for all stacks. */
export function clustersIn(project: Project, stack: Properties): FoundClusters {
  const own = configOf(stack)[KEY];
  const needsEngine = "environment" in stack || isEncrypted(own);
  if (own !== undefined || needsEngine) return { given: own, needsEngine };
  const shared = configOf(project.content)[KEY];
  // As the engine's schema of a project has it: text, or an object with the value.
  return { given: isProperties(shared) ? shared["value"] : shared, needsEngine: false };
}

/**
 * A YAML (or JSON) file with a mapping in it; one that is empty or absent has nothing in it.
 *
 * @throws CoppiceError `provider.config`, without repeating the text, which may hold a secret
 */
export function readMapping(
  file: string,
  text = existsSync(file) ? readFileSync(file, "utf8") : "",
): Properties {
  try {
    // YAML's core schema knows no values but JSON's.
    const content = parse(text) as JsonValue;
    return isProperties(content) ? content : {};
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [place] = error.linePos ?? [];
    throw new CoppiceError("provider.config", {
      what: `${relative(".", file)} cannot be read`,
      why: `it is no YAML${place === undefined ? "" : ` at line ${place.line}, column ${place.col}`}`,
      wayOut: "Correct it there",
    });
  }
}

function configOf(content: Properties): Properties {
  const config = content["config"];
  return isProperties(config) ? config : {};
}

/** As the engine writes an encrypted value: an object that says `secure` alone, wherever it stands. */
function isEncrypted(value: JsonValue | undefined): boolean {
  if (!isProperties(value)) return false;
  return Object.entries(value).some(([key, item]) =>
    key === "secure" && typeof item === "string" ? Object.keys(value).length === 1 : isEncrypted(item),
  );
}

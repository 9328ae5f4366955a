import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Finding } from "../check.ts";

/** Whether a package's TypeScript references are those packages of ours that it depends on. */
export function findReferenceProblems(
  root: string,
  folder: string,
  dependencies: readonly string[],
): Finding[] {
  const place = `${folder}/tsconfig.json`;
  const actual = readReferences(join(root, place));
  if (!actual) return [];
  const compiled = (name: string) => existsSync(join(root, "packages", name, "tsconfig.json"));
  const wanted = dependencies
    .filter((name) => name.startsWith("@coppice/"))
    .map((name) => name.slice("@coppice/".length))
    .filter(compiled);
  const missing = wanted
    .filter((name) => !actual.includes(name))
    .map((name) => `a reference to ${name} is missing`);
  const extra = actual
    .filter((name) => !wanted.includes(name))
    .map((name) => `references ${name}, which package.json does not depend on`);
  return [...missing, ...extra].map((message) => ({ rule: "project-reference", place, message }));
}

function readReferences(file: string): string[] | undefined {
  if (!existsSync(file)) return undefined;
  // The compiler itself reports a malformed configuration; here a missing field counts as empty.
  const parsed = ts.parseConfigFileTextToJson(file, readFileSync(file, "utf8")) as { config?: ProjectConfig };
  return (parsed.config?.references ?? []).map(({ path }) => path.replace(/^(?:\.\.\/)+(?:packages\/)?/, ""));
}

interface ProjectConfig {
  readonly references?: readonly { readonly path: string }[];
}

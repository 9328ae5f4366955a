import { projectFile, ToolchainError } from "@coppice/toolchain/run";
import { engineWords } from "./engine-words.ts";

/** Commands of the engine, with their aliases, that do nothing outside of a project. */
const IN_PROJECT: ReadonlySet<string> = new Set([
  "up",
  "update",
  "preview",
  "pre",
  "destroy",
  "down",
  "dn",
  "refresh",
  "watch",
  "import",
  "config",
]);

/** What makes one of them work anywhere, or print something else. */
const ELSEWHERE = /^(?:-s|--stack|-h|--help|--remote|--config-file)(?:=|$)/;

/**
 * Refuses a run outside of a project before an engine is looked for or built. The engine's own words would send a newcomer
 * to `pulumi new`, whose templates are not ours. Whatever might be another kind of run is left to the engine.
 *
 * @param command - Our own command as it is typed there.
 * @throws ToolchainError
 */
export function assertProject(args: readonly string[], folder: string, command: string): void {
  const [verb, ...more] = engineWords(args);
  if (verb === undefined || !IN_PROJECT.has(verb) || args.some((arg) => ELSEWHERE.test(arg))) return;
  // `pulumi up <template>` makes a project and runs it; an import and a configuration have words of their own.
  if (more.length > 0 && (verb === "up" || verb === "update")) return;
  if (projectFile(folder) !== undefined) return;
  throw new ToolchainError({
    what: `there is no project for \`pulumi ${verb}\``,
    why: `neither ${folder} nor a folder above it has a Pulumi.yaml`,
    wayOut: `Go into the project's folder, or make one: ${command} new lab-class my-class`,
  });
}

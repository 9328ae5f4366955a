import { shellWord } from "./shell-word.ts";

/** What a program needs that runs the engine itself. */
export interface EngineEnvironment {
  /** The engine's executable. */
  readonly pulumi: string;
  /** Variables that differ from those that the command was started with. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The variables of one environment that another does not have, or has otherwise.
 *
 * @example changedVariables({ A: "1", B: "2" }, { A: "1" }); // { B: "2" }
 */
export function changedVariables(
  wanted: Readonly<NodeJS.ProcessEnv>,
  present: Readonly<NodeJS.ProcessEnv>,
): Record<string, string> {
  const changed = Object.entries(wanted).filter(([name, value]) => value !== present[name]);
  return Object.fromEntries(changed.map(([name, value]) => [name, value ?? ""]));
}

/** For `eval "$(coppice env)"`: a line for each variable, which a POSIX shell reads as it stands. */
export function shellLines({ variables }: EngineEnvironment): string[] {
  return Object.entries(variables).map(([name, value]) => `export ${name}=${shellWord(value)}`);
}

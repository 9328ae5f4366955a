import { configuration, findMistakes, formatPath, type JsonValue } from "@coppice/core";
import type { ConfigProblem } from "./config-problem.ts";

/** The id of the state's home that a configuration `coppice:origin` names, and what is wrong with it. */
export interface ParsedOrigin {
  readonly origin?: string;
  readonly problems: readonly ConfigProblem[];
}

/** Reads the configuration `coppice:origin`. */
export function parseOrigin(given: JsonValue | undefined): ParsedOrigin {
  if (given === undefined || given === null) return { problems: [] };
  const mistakes = findMistakes(configuration, { origin: given });
  const problems = mistakes.map(({ path, reason }) => ({ property: formatPath(path), reason }));
  return typeof given === "string" && problems.length === 0 ? { origin: given, problems } : { problems };
}

import {
  type Cluster,
  configuration,
  findLiteralCredentials,
  findMistakes,
  formatPath,
  isProperties,
  type JsonValue,
  type Mistake,
  withDefaults,
} from "@coppice/core";
import type { ConfigProblem } from "./config-problem.ts";

/** The clusters of a configuration by name, and everything that is wrong with them. */
export interface ParsedClusters {
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly problems: readonly ConfigProblem[];
}

/** How a configuration came. */
export interface ParseRules {
  /** It is a Pulumi secret, so that a literal in it is encrypted in the state. */
  readonly secret: boolean;
}

/**
 * Reads the configuration `coppice:clusters`: an object from names to clusters, given as such or as JSON
 * text (Pulumi passes structured configuration to providers as text).
 */
export function parseClusters(given: JsonValue | undefined, { secret }: ParseRules): ParsedClusters {
  if (given === undefined || given === null) return { clusters: new Map(), problems: [] };
  const value = typeof given === "string" ? parseJson(given) : given;
  if (!isProperties(value)) {
    const reason = 'must be a JSON object from cluster names to clusters: { "main": { "endpoint": … } }';
    return { clusters: new Map(), problems: [{ property: "clusters", reason }] };
  }
  const mistakes = findMistakes(configuration, { clusters: value });
  if (mistakes.length > 0) return refused(mistakes);
  const clusters = clustersIn({ clusters: value });
  const literals = secret ? [] : [...clusters].flatMap(([name, cluster]) => literalsIn(name, cluster));
  return literals.length > 0 ? refused(literals) : { clusters, problems: [] };
}

function clustersIn(given: object): Map<string, Cluster> {
  // What was found without a mistake has the form that the kind describes.
  const { clusters } = withDefaults(configuration, given) as { clusters: Readonly<Record<string, Cluster>> };
  return new Map(Object.entries(clusters));
}

function literalsIn(name: string, cluster: Cluster): Mistake[] {
  return findLiteralCredentials(cluster).map(({ path, reason }) => ({
    path: ["clusters", name, ...path],
    reason,
  }));
}

function refused(mistakes: readonly Mistake[]): ParsedClusters {
  const problems = mistakes.map(({ path, reason }) => ({ property: formatPath(path), reason }));
  return { clusters: new Map(), problems };
}

function parseJson(text: string): JsonValue | undefined {
  try {
    // JSON.parse gives exactly the values that JsonValue names.
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

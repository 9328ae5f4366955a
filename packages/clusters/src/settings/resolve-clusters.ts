import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import {
  type Cluster,
  type ClusterSsh,
  type CredentialReference,
  type FieldPath,
  fileReason,
  formatPath,
} from "@coppice/core";
import type { ClusterSettings, SshSettings } from "./cluster-settings.ts";
import type { ConfigProblem } from "./config-problem.ts";
import type { ParsedClusters } from "./parse-clusters.ts";

/** What references may be resolved against. */
export interface ResolveOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative file names start here: the project's folder. */
  readonly folder: string;
}

/** Clusters whose secrets have been read, and every reference that led nowhere. */
export interface ResolvedClusters {
  readonly clusters: ReadonlyMap<string, ClusterSettings>;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads the secrets behind the references. Done each time the provider starts, so that a rotated token
 * counts for `refresh` and `destroy` too, which use the configuration kept in the state.
 */
export async function resolveClusters(
  parsed: ParsedClusters,
  options: ResolveOptions,
): Promise<ResolvedClusters> {
  const problems: ConfigProblem[] = [...parsed.problems];
  const clusters = new Map<string, ClusterSettings>();
  for (const [name, entry] of parsed.clusters) {
    clusters.set(name, await resolveCluster(name, entry, { ...options, problems }));
  }
  return { clusters: problems.length > 0 ? new Map() : clusters, problems };
}

interface Resolving extends ResolveOptions {
  readonly problems: ConfigProblem[];
}

async function resolveCluster(name: string, entry: Cluster, resolving: Resolving): Promise<ClusterSettings> {
  const { token, ssh, caFile, ...rest } = entry;
  const path = ["clusters", name];
  const secret = await readSecret([...path, "token"], token, resolving);
  return {
    ...rest,
    name,
    token: secret,
    ...(caFile === undefined ? {} : { caFile: resolve(resolving.folder, caFile) }),
    ...(ssh === undefined ? {} : { ssh: await resolveSsh(path, ssh, resolving) }),
  };
}

async function resolveSsh(path: FieldPath, ssh: ClusterSsh, resolving: Resolving): Promise<SshSettings> {
  const key = await readSecret([...path, "ssh", "key"], ssh.key, resolving);
  return { ...ssh, key, hostKeys: ssh.hostKeys ?? {}, nodes: ssh.nodes ?? {} };
}

async function readSecret(
  path: FieldPath,
  reference: CredentialReference | string,
  resolving: Resolving,
): Promise<string> {
  if (typeof reference === "string") return reference;
  const property = formatPath(path);
  if (reference.env !== undefined) {
    const value = resolving.environment[reference.env]?.trim();
    if (value) return value;
    resolving.problems.push({ property, reason: `the environment variable ${reference.env} is not set` });
    return "";
  }
  const file = resolve(resolving.folder, reference.file ?? "");
  try {
    const text = (await readFile(file, "utf8")).trim();
    if (text === "") resolving.problems.push({ property, reason: `the file ${file} is empty` });
    return text;
  } catch (error) {
    resolving.problems.push({ property, reason: `the file ${file} cannot be read: ${fileReason(error)}` });
    return "";
  }
}

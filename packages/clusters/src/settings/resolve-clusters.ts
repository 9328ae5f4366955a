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

/** What a secret is for. */
interface Field {
  readonly path: FieldPath;
  /** Whom it is shown, for errors. */
  readonly server: string;
}

interface Resolving extends ResolveOptions {
  readonly problems: ConfigProblem[];
}

async function resolveCluster(name: string, entry: Cluster, resolving: Resolving): Promise<ClusterSettings> {
  const { token, ssh, caFile, ...rest } = entry;
  const path = ["clusters", name];
  const server = `the cluster '${name}' at ${entry.endpoint}`;
  const secret = await readSecret({ path: [...path, "token"], server }, token, resolving);
  const tokenFrom = placeOf(token, resolving);
  return {
    ...rest,
    name,
    token: secret,
    ...(tokenFrom === undefined ? {} : { tokenFrom }),
    ...(caFile === undefined ? {} : { caFile: resolve(resolving.folder, caFile) }),
    ...(ssh === undefined ? {} : { ssh: await resolveSsh({ path, server }, ssh, resolving) }),
  };
}

async function resolveSsh(field: Field, ssh: ClusterSsh, resolving: Resolving): Promise<SshSettings> {
  const path = [...field.path, "ssh", "key"];
  const key = await readSecret({ ...field, path }, ssh.key, resolving);
  return { ...ssh, key, hostKeys: ssh.hostKeys ?? {}, nodes: ssh.nodes ?? {} };
}

async function readSecret(
  { path, server }: Field,
  reference: CredentialReference | string,
  resolving: Resolving,
): Promise<string> {
  if (typeof reference === "string") return reference;
  const refuse = (why: string): string => {
    const reason = `${placeOf(reference, resolving)} ${why} (for ${server})`;
    resolving.problems.push({ property: formatPath(path), reason });
    return "";
  };
  if (reference.env !== undefined)
    return resolving.environment[reference.env]?.trim() || refuse("is not set");
  try {
    return (await readFile(fileOf(reference, resolving), "utf8")).trim() || refuse("is empty");
  } catch (error) {
    return refuse(`cannot be read: ${fileReason(error)}`);
  }
}

/** Where a secret is read, for people; undefined where the configuration holds it. */
function placeOf(reference: CredentialReference | string, { folder }: ResolveOptions): string | undefined {
  if (typeof reference === "string") return undefined;
  const { env } = reference;
  return env === undefined ? `the file ${fileOf(reference, { folder })}` : `the environment variable ${env}`;
}

function fileOf({ file = "" }: CredentialReference, { folder }: Pick<ResolveOptions, "folder">): string {
  return resolve(folder, file);
}

import { configuredClusters } from "@coppice/clusters/connections";
import { CoppiceError } from "@coppice/core";
import type { Environment } from "@coppice/engine";
import { projectFile } from "@coppice/toolchain";
import { clusterNames } from "../registry/cluster-names.ts";
import { readCluster } from "../registry/read-cluster.ts";
import type { RegisteredCluster } from "../registry/registered-cluster.ts";
import { registryFolder } from "../registry/registry-folder.ts";
import { isSameEndpoint } from "./is-same-endpoint.ts";
import { spelledFolder } from "./selected-stack.ts";
import { readStackClusters, type StackClusters } from "./stack-clusters.ts";

/** Which cluster is wished for. */
export interface WishedName {
  readonly folder: string;
  readonly environment: Environment;
  /** Its name; `main` where none is typed. */
  readonly cluster?: string | undefined;
  /** The stack of the project whose configuration counts; the selected one where none is named. */
  readonly stack?: string | undefined;
}

/** Who says where a cluster is: the registry, or a configuration, which leaves it to the variables where it says nothing. */
export type FoundCluster =
  | { readonly registered: RegisteredCluster }
  | { readonly name: string; readonly configured: StackClusters };

/**
 * Finds who says where a cluster is. In a project it is the stack's configuration, or the variables that count where that
 * has none; elsewhere, and for a name that is not known there, the registry; then the variables.
 *
 * @throws CoppiceError `provider.config` where a name that was typed means one cluster in the project and another in the
 * registry; `cluster.unknown` where it means none
 */
export async function findWished(wish: WishedName): Promise<FoundCluster> {
  const { cluster, folder, stack, environment } = wish;
  const name = cluster ?? "main";
  const inProject = await readStackClusters(wish);
  const configured = inProject ?? { given: undefined, secret: false, folder };
  const own = { name, configured };
  if (stack !== undefined) return own;
  const { given, ...rules } = configured;
  const { clusters, problems } = configuredClusters(given, { ...rules, environment });
  const registered = await registeredCluster(name, environment);
  if (registered === undefined) {
    const isNowhere = inProject === undefined && problems.length === 0 && !clusters.has(name);
    if (isNowhere) throw await unknown(name, wish);
    return own;
  }
  // What cannot be read may be meant, and is refused where it is opened.
  if (inProject !== undefined && problems.length > 0) return own;
  const endpoint = inProject === undefined ? undefined : clusters.get(name)?.endpoint;
  if (endpoint === undefined) return { registered };
  if (cluster !== undefined && !isSameEndpoint(registered.inputs["endpoint"], endpoint)) {
    throw ambiguous(registered, endpoint);
  }
  return own;
}

async function registeredCluster(
  name: string,
  environment: WishedName["environment"],
): Promise<RegisteredCluster | undefined> {
  const folder = registryFolder(environment);
  return (await clusterNames(folder)).includes(name) ? await readCluster(folder, name) : undefined;
}

async function unknown(name: string, { folder, environment }: WishedName): Promise<CoppiceError> {
  const known = await clusterNames(registryFolder(environment));
  const isProject = projectFile(spelledFolder(folder, environment)) !== undefined;
  const here = isProject
    ? "no stack of this folder's project is selected that could configure it"
    : "this is no project that configures it";
  return new CoppiceError("cluster.unknown", {
    what: `No cluster ${JSON.stringify(name)} is registered, and ${here}`,
    why: known.length === 0 ? "none is registered" : `registered are ${known.join(", ")}`,
    wayOut: `Register it by \`coppice cluster add\`, or ${isProject ? SELECT : "go into the project's folder"}; PROXMOX_VE_ENDPOINT and the like stand for main`,
  });
}

const SELECT = "select the stack (`coppice pulumi stack select`) or name it by --stack";

function ambiguous({ name, inputs }: RegisteredCluster, endpoint: string): CoppiceError {
  const other = typeof inputs["endpoint"] === "string" ? inputs["endpoint"] : "another one";
  return new CoppiceError("provider.config", {
    what: `'${name}' means two clusters here`,
    why: `it is ${endpoint} for this folder's project, and ${other} is registered`,
    wayOut: "Name the project's stack by --stack, or leave the folder for the one that is registered",
  });
}

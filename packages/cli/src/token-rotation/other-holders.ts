import { realpath } from "node:fs/promises";
import { CoppiceError, isProperties } from "@coppice/core";
import type { Environment } from "@coppice/engine";
import { clusterNames } from "../registry/cluster-names.ts";
import { openRegistered } from "../registry/open-registered.ts";
import { readCluster } from "../registry/read-cluster.ts";
import type { RegisteredCluster } from "../registry/registered-cluster.ts";
import { isShared } from "./refusals.ts";
import { idOfToken } from "./token-text.ts";

/**
 * The registered clusters whose entries name this file of a token: it is swapped for all of them at once.
 *
 * @throws CoppiceError `cluster.rotation` where an entry has the same token from elsewhere, which would be removed under it
 */
export async function holdersOf(
  folder: string,
  { file, token }: { readonly file: string; readonly token: string },
  environment: Environment,
): Promise<readonly string[]> {
  const holders: string[] = [];
  const elsewhere: string[] = [];
  for (const name of await clusterNames(folder)) {
    const found = await tokenOf(folder, name, environment);
    if (found?.file === file) holders.push(name);
    else if (found?.token === token) elsewhere.push(name);
  }
  if (elsewhere.length > 0) throw isShared(idOfToken(token) ?? "", elsewhere);
  return holders;
}

async function tokenOf(folder: string, name: string, environment: Environment) {
  try {
    const cluster = await readCluster(folder, name);
    const { client, settings } = await openRegistered(cluster, environment);
    await client.close();
    const file = tokenFile(cluster);
    return { token: settings.token, file: file === undefined ? undefined : await realpath(file) };
  } catch (error) {
    // An entry that cannot be used as it is loses nothing.
    if (CoppiceError.is(error)) return undefined;
    throw error;
  }
}

/** The file that an entry says its token is in. */
export function tokenFile({ inputs: { token } }: RegisteredCluster): string | undefined {
  const file = isProperties(token) ? token["file"] : undefined;
  return typeof file === "string" ? file : undefined;
}

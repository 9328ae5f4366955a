import type { OpenCluster } from "@coppice/clusters/connections";
import { CoppiceError } from "@coppice/core";
import type { Environment } from "@coppice/engine";
import { clusterNames } from "./cluster-names.ts";
import { openRegistered } from "./open-registered.ts";
import { readCluster } from "./read-cluster.ts";

/** What is told of a registered cluster. */
export interface ClusterLine {
  readonly name: string;
  readonly endpoint?: string;
  /** The token's id, without its secret. */
  readonly token?: string;
  readonly reachable: boolean;
  /** Machines and containers, templates among them, that the token sees. */
  readonly guests?: number;
  /** Why nothing more is told. */
  readonly problem?: string;
}

/** Longest time that a cluster is waited for. */
const PATIENCE = 10_000;

/** Looks at every registered cluster, all at once. One that fails says so and holds up no other. */
export async function listClusters(
  folder: string,
  environment: Environment,
): Promise<readonly ClusterLine[]> {
  const names = await clusterNames(folder);
  return await Promise.all(
    names.map(async (name) => {
      const told: { endpoint?: string; token?: string } = {};
      try {
        const cluster = await readCluster(folder, name);
        const { endpoint } = cluster.inputs;
        if (typeof endpoint === "string") told.endpoint = endpoint;
        const connection = await openRegistered(cluster, environment);
        told.token = tokenId(connection.settings.token);
        return { name, ...told, ...(await look(connection)) };
      } catch (error) {
        if (!CoppiceError.is(error)) throw error;
        return { name, ...told, reachable: false, problem: error.message };
      }
    }),
  );
}

async function look({ client }: OpenCluster): Promise<Pick<ClusterLine, "reachable" | "guests">> {
  const { listGuestResources } = await import("@coppice/pve");
  try {
    const guests = await listGuestResources(client, AbortSignal.timeout(PATIENCE));
    return { reachable: true, guests: guests.length };
  } finally {
    await client.close();
  }
}

function tokenId(token: string): string {
  return token.slice(0, Math.max(0, token.indexOf("=")));
}

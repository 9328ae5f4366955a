import { CoppiceError } from "@coppice/core";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import type { ConfigProblem } from "../settings/config-problem.ts";
import type { Connect, OpenCluster } from "./open-cluster.ts";

/** The configured clusters of one provider: each connected once, at first use. */
export class Clusters {
  readonly #settings: ReadonlyMap<string, ClusterSettings>;
  readonly #connect: Connect;
  readonly #connections = new Map<string, Promise<OpenCluster>>();

  constructor(settings: ReadonlyMap<string, ClusterSettings>, connect: Connect) {
    this.#settings = settings;
    this.#connect = connect;
  }

  /** The connection to a cluster; refuses a name that is not configured. */
  async get(name: string): Promise<OpenCluster> {
    const settings = this.#settings.get(name);
    if (settings === undefined) throw this.#unknown(name);
    const connection = this.#connections.get(name) ?? this.#connect(settings);
    this.#connections.set(name, connection);
    return await connection;
  }

  /** Closes what was connected. */
  async close(): Promise<void> {
    const connections = await Promise.allSettled(this.#connections.values());
    this.#connections.clear();
    const open = connections.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    await Promise.all(open.map((each) => each.close()));
  }

  #unknown(name: string): CoppiceError {
    const known = [...this.#settings.keys()];
    return new CoppiceError("provider.no-cluster", {
      what: `The cluster ${JSON.stringify(name)} is not configured`,
      why: known.length === 0 ? "no cluster is" : `configured are ${known.join(", ")}`,
      wayOut:
        "Add it to the stack's configuration coppice:clusters, or set PROXMOX_VE_ENDPOINT for the cluster main",
    });
  }
}

/** One error for everything that is wrong with the configuration, each field by its name. */
export function configError(problems: readonly ConfigProblem[]): CoppiceError {
  const list = problems.map(({ property, reason }) => `${fieldName(property)} ${reason}`);
  return new CoppiceError("provider.config", {
    what: "The configuration of the provider coppice cannot be used",
    why: list.join("; "),
  });
}

function fieldName(property: string): string {
  return property.startsWith("clusters") ? `coppice:${property}` : property;
}

import type { ClusterConnection, Connect } from "../config/cluster-connection.ts";
import { Clusters, configError } from "../config/clusters.ts";
import { clustersFromEnvironment } from "../config/clusters-from-environment.ts";
import { connectCluster } from "../config/connect-cluster.ts";
import { parseClusters } from "../config/parse-clusters.ts";
import { resolveClusters } from "../config/resolve-clusters.ts";

/** The stack's configuration as the dynamic provider process offers it. */
export interface DynamicConfig {
  get(key: string): string | undefined;
}

/** The clusters of the dynamic door, read from the stack's own configuration. */
export class DynamicClusters {
  readonly #connect: Connect;
  #clusters: Promise<Clusters> | undefined;
  #given: string | undefined;

  constructor(connect: Connect = connectCluster) {
    this.#connect = connect;
  }

  /** Keeps the configuration; it is read when a resource first asks for a cluster. */
  configure(config: DynamicConfig): void {
    this.#given = config.get("coppice:clusters");
  }

  /** The connection to a cluster. */
  async get(name: string): Promise<ClusterConnection> {
    this.#clusters ??= this.#read();
    return await (await this.#clusters).get(name);
  }

  async #read(): Promise<Clusters> {
    // A stack's configuration file holds a literal in the clear unless it is secret, and this door cannot
    // tell which it was; the configuration itself never reaches the state here, so a literal is taken.
    const given = parseClusters(this.#given, { secret: true });
    const parsed = this.#given === undefined ? clustersFromEnvironment(process.env) : given;
    const resolved = await resolveClusters(parsed, { environment: process.env, folder: process.cwd() });
    if (resolved.problems.length > 0) throw configError(resolved.problems);
    return new Clusters(resolved.clusters, this.#connect);
  }
}

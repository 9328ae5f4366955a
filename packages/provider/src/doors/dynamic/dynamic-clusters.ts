import {
  Clusters,
  type Connect,
  clustersFromEnvironment,
  configError,
  connectCluster,
  type OpenCluster,
  parseClusters,
  resolveClusters,
} from "@coppice/clusters/connections";

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
  async get(name: string): Promise<OpenCluster> {
    this.#clusters ??= this.#read();
    return await (await this.#clusters).get(name);
  }

  async #read(): Promise<Clusters> {
    // The engine keeps the whole configuration as inputs of its dynamic provider, and hands it over without
    // telling what was secret; so a literal token is refused behind this door.
    const given = parseClusters(this.#given, { secret: false });
    const parsed = this.#given === undefined ? clustersFromEnvironment(process.env) : given;
    const resolved = await resolveClusters(parsed, { environment: process.env, folder: process.cwd() });
    if (resolved.problems.length > 0) throw configError(resolved.problems);
    return new Clusters(resolved.clusters, this.#connect);
  }
}

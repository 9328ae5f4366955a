import {
  type Clusters,
  type Connect,
  connectCluster,
  type OpenCluster,
  openClusters,
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
    this.#clusters ??= openClusters(this.#given, {
      // The engine keeps the whole configuration as inputs of its dynamic provider, and hands it over without
      // telling what was secret; so a literal token is refused behind this door.
      secret: false,
      environment: process.env,
      folder: process.cwd(),
      connect: this.#connect,
    });
    return await (await this.#clusters).get(name);
  }
}

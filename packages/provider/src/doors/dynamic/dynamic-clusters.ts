import {
  type Clusters,
  type Connect,
  connectCluster,
  type OpenCluster,
  openClusters,
  parseOrigin,
} from "@coppice/clusters/connections";
import { CoppiceError } from "@coppice/core";

/** The stack's configuration as the dynamic provider process offers it. */
export interface DynamicConfig {
  get(key: string): string | undefined;
}

/** The clusters of the dynamic door, read from the stack's own configuration. */
export class DynamicClusters {
  readonly #connect: Connect;
  #clusters: Promise<Clusters> | undefined;
  #given: string | undefined;
  #origin: string | undefined;

  constructor(connect: Connect = connectCluster) {
    this.#connect = connect;
  }

  /** Keeps the configuration; it is read when a resource first asks for a cluster. */
  configure(config: DynamicConfig): void {
    this.#given = config.get("coppice:clusters");
    this.#origin = config.get("coppice:origin");
  }

  /** The id of the state's home, where the configuration names one. */
  get origin(): string | undefined {
    const { origin, problems } = parseOrigin(this.#origin);
    const [problem] = problems;
    if (problem === undefined) return origin;
    throw new CoppiceError("provider.config", { what: problem.reason });
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

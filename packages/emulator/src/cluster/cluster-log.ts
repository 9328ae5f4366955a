import type { Cluster } from "./cluster.ts";
import type { Node } from "./node.ts";
import { perCluster } from "./per-cluster.ts";

interface LogLine {
  readonly uid: string;
  readonly id: string;
  readonly time: number;
  readonly node: string;
  readonly user: string;
  readonly tag: string;
  readonly pid: number;
  readonly pri: number;
  readonly msg: string;
}

const kept = 500;

/** The log that pmxcfs shares between the nodes. */
export class ClusterLog {
  readonly #cluster: Cluster;
  readonly #lines: LogLine[] = [];
  #count = 0;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  add(node: Node, user: string, msg: string): void {
    this.#count += 1;
    const uid = String(this.#count);
    const time = this.#cluster.seconds();
    const line = {
      uid,
      id: `${uid}:${node.name}`,
      time,
      node: node.name,
      user,
      tag: "pvedaemon",
      pid: 1000,
      pri: 6,
      msg,
    };
    this.#lines.unshift(line);
    this.#lines.length = Math.min(this.#lines.length, kept);
  }

  /** The latest lines, newest first. */
  latest(max: number): LogLine[] {
    return this.#lines.slice(0, max);
  }
}

export const clusterLog = perCluster((cluster) => new ClusterLog(cluster));

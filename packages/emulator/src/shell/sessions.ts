import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";

/** One SSH connection as its sshd's log tells of it. */
export interface Connection {
  /** Takes a line of the log. */
  note(line: string): void;
  /** The connection is over. */
  end(): void;
}

/**
 * Knows whether somebody may be changing files by hand right now. While a connection has an open session (or none yet)
 * the cluster's files are read anew before each API request; once more when the last session ends.
 */
export class Sessions {
  readonly #cluster: Cluster;
  /** How many sessions each node has open. */
  readonly #busy = new Map<Node, number>();
  /** The nodes somebody may have changed files on since the last look. */
  readonly #dirty = new Set<Node>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /**
   * Reads the cluster's files anew when somebody may have changed them since the last time. All nodes share one folder,
   * so who changed what is not known: only when no node with an open session has quorum, everything is undone.
   */
  settle(): void {
    if (this.#dirty.size === 0) return;
    const readOnly = ![...this.#dirty].some((node) => this.#cluster.quorate(node));
    for (const node of this.#dirty) if (!this.#busy.has(node)) this.#dirty.delete(node);
    const { files, counters } = this.#cluster;
    for (const _ of files.rescan(readOnly)) counters.add("files:undone");
  }

  /** Counts something on a node's shell as running until the answer is called. */
  enter(node: Node): () => void {
    this.#busy.set(node, (this.#busy.get(node) ?? 0) + 1);
    this.#dirty.add(node);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = (this.#busy.get(node) ?? 1) - 1;
      if (left > 0) this.#busy.set(node, left);
      else this.#busy.delete(node);
      this.settle();
    };
  }

  /** Follows one connection. It counts as busy until its first session has ended, since the log lags behind. */
  connect(node: Node): Connection {
    let leave = this.enter(node);
    let open = 0;
    return {
      note: (line) => {
        if (line.startsWith("Starting session:")) {
          this.#cluster.counters.add("ssh:channels");
          if (open === 0) {
            const before = leave;
            leave = this.enter(node);
            before();
          }
          open += 1;
        } else if (line.startsWith("Close session:")) {
          open = Math.max(0, open - 1);
          if (open === 0) leave();
        } else if (line.startsWith("Accepted ")) this.#cluster.counters.add("ssh:logins");
      },
      end: () => leave(),
    };
  }
}

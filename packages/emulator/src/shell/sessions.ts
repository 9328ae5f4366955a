import type { Cluster } from "../kernel/cluster.ts";

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
  #busy = 0;
  #dirty = false;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Reads the cluster's files anew when somebody may have changed them since the last time. */
  settle(): void {
    if (this.#busy === 0 && !this.#dirty) return;
    this.#dirty = this.#busy > 0;
    this.#cluster.files.rescan();
  }

  /** Counts something on a node's shell as running until the answer is called. */
  enter(): () => void {
    this.#busy += 1;
    this.#dirty = true;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#busy -= 1;
      this.#dirty = true;
      this.settle();
    };
  }

  /** Follows one connection. It counts as busy until its first session has ended, since the log lags behind. */
  connect(): Connection {
    let leave = this.enter();
    let open = 0;
    return {
      note: (line) => {
        if (line.startsWith("Starting session:")) {
          this.#cluster.counters.add("ssh:channels");
          if (open === 0) {
            const before = leave;
            leave = this.enter();
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

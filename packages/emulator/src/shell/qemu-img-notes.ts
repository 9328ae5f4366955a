import { closeSync, openSync, readSync } from "node:fs";
import type { Cluster } from "../cluster/cluster.ts";

/** Commands that change an image, or read it as if nobody wrote. */
const changing = /^(?:rebase|commit|resize|amend|convert|snapshot -[acd]|check -r|dd)\b/;

/** The notes that a node's qemu-img leaves: each run is counted, and runs on disks of running guests are kept apart. */
export class QemuImgNotes {
  readonly #cluster: Cluster;
  readonly #path: string;
  #at = 0;

  constructor(cluster: Cluster, path: string) {
    this.#cluster = cluster;
    this.#path = path;
  }

  /** Reads what was added since the last time. */
  collect(): void {
    for (const line of this.#news()) {
      const command = line.slice(line.indexOf("\t") + 1);
      this.#cluster.counters.add("process:qemu-img");
      if (changing.test(command)) this.#cluster.counters.add(`shell-image-change:${command}`);
    }
  }

  #news(): string[] {
    let file: number;
    try {
      file = openSync(this.#path, "r");
    } catch {
      return []; // No qemu-img ran yet.
    }
    try {
      const buffer = Buffer.alloc(1 << 20);
      const text = buffer.toString("utf8", 0, readSync(file, buffer, 0, buffer.length, this.#at));
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      this.#at += Buffer.byteLength(whole);
      return whole.split("\n").filter((line) => line !== "");
    } finally {
      closeSync(file);
    }
  }
}

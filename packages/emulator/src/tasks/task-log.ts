import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Upid } from "./upid.ts";

/** One finished or running task as the index keeps it. */
export interface IndexLine {
  readonly upid: string;
  readonly endTime: number | undefined;
  readonly status: string | undefined;
}

/** A node's task files: one log per task and the index, as `/var/log/pve/tasks` has them. */
export class TaskLog {
  readonly #folder: string;
  readonly #made = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Where a task's log lies: below the last hex digit of its start time. */
  pathOf(upid: string, parsed: Upid): string {
    const digit = parsed.startTime.toString(16).toUpperCase().slice(-1);
    return join(this.#folder, digit, upid.replaceAll("/", "_"));
  }

  append(path: string, line: string): void {
    const folder = dirname(path);
    if (!this.#made.has(folder)) {
      mkdirSync(folder, { recursive: true });
      this.#made.add(folder);
    }
    appendFileSync(path, `${line}\n`);
  }

  /** A task's lines; undefined when the file is not there. */
  read(path: string): string[] | undefined {
    if (!existsSync(path)) return undefined;
    const text = readFileSync(path, "utf8");
    return text === "" ? [] : text.replace(/\n$/, "").split("\n");
  }

  /** Notes that a task began, so that a restart knows what was cut off. */
  noteStart(upid: string): void {
    appendFileSync(join(this.#folder, "active"), `${upid}\n`);
  }

  noteEnd(upid: string, endTime: number, status: string): void {
    const time = endTime.toString(16).toUpperCase().padStart(8, "0");
    appendFileSync(join(this.#folder, "index"), `${upid} ${time} ${status}\n`);
  }

  /** Everything noted, in the order of starting. */
  load(): IndexLine[] {
    const ended = new Map<string, IndexLine>();
    for (const line of this.#lines("index")) {
      const [upid = "", time = "0", ...status] = line.split(" ");
      ended.set(upid, { upid, endTime: Number.parseInt(time, 16), status: status.join(" ") });
    }
    return this.#lines("active").map(
      (upid) => ended.get(upid) ?? { upid, endTime: undefined, status: undefined },
    );
  }

  #lines(name: string): string[] {
    const path = join(this.#folder, name);
    return existsSync(path)
      ? readFileSync(path, "utf8")
          .split("\n")
          .filter((line) => line !== "")
      : [];
  }
}

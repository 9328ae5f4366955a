import type { VirtualClock } from "@coppice/core";
import { isRow } from "./judge/rows.ts";
import type { Recorded } from "./recording.ts";

/** A longer gap lies between two recordings, not within one. */
const longestGapMs = 600_000;

/** A request that took longer waited for a lock, or for a node that is not there. */
const atOnceMs = 1000;

/** A task's name tells no more than its second; what came after it came mostly in the next one. */
const lateInSecondMs = 900;

/** The daemons of HA go round so often: where in their round a line was recorded is kept. */
const roundMs = 10_000;

/**
 * When HA's manager went round, in the recordings of several nodes (its `timestamp`, 8.4 n 563 and 9.2 n 633): the
 * emulator's begins with the clock.
 */
const managerAtMs = { "8.4": 8000, "9.2": 4000 } as const;

/** A moment at which a replay may begin: now, but for the place in HA's round. */
export function beginning(pve: "8.4" | "9.2"): number {
  return roundMs * Math.ceil(Date.now() / roundMs) + managerAtMs[pve];
}

/** Keeps a replay's clock in step with the recording's, which the names of tasks and the words of HA tell by the second. */
export class Pace {
  readonly #clock: VirtualClock;
  readonly #lines: readonly Recorded[];
  #recorded = Number.NEGATIVE_INFINITY;
  /** How far our clock is ahead of the recorded one: whole rounds. */
  #ahead = 0;

  /** For the lines of one recording, in their order. */
  constructor(clock: VirtualClock, lines: readonly Recorded[]) {
    this.#clock = clock;
    this.#lines = lines;
  }

  /** Lets the time pass that had passed before a line whose answer tells it, or while a summary was made. */
  async keep(line: Recorded): Promise<void> {
    await this.#clock.advance(timeOf(this.#lines[this.#lines.indexOf(line) - 1]));
    const at = this.#dueAt(line);
    if (at !== undefined) await this.#clock.advance(Math.max(0, at - this.#clock.now()));
  }

  #dueAt(line: Recorded): number | undefined {
    if (line.req.method === "SUMMARY") return this.#endOf(line);
    return line.req.method === "EVENT" ? this.#linkWentAt(line) : this.#momentOf(line);
  }

  /** When a line was answered, on our clock. Who was too slow for the recording stays so by whole rounds. */
  #momentOf(line: Recorded): number | undefined {
    const at = momentOf(line);
    if (at === undefined) return undefined;
    const gap = at - this.#recorded;
    const late = this.#clock.now() - (at + this.#ahead);
    // HA's word may be as old as a round, and says nothing of how late it is.
    if (line.req.method !== "GET" && (gap < 0 || gap > longestGapMs || late >= atOnceMs))
      this.#ahead += roundMs * Math.ceil(late / roundMs);
    this.#recorded = at;
    return at + this.#ahead;
  }

  /** What a summary tells of was watched while other lines were recorded: it ends before the next known moment. */
  #endOf(summary: Recorded): number {
    const next = this.#knownAfter(summary) ?? Number.POSITIVE_INFINITY;
    return Math.min(this.#clock.now() + (summary.ms ?? 0), next);
  }

  /** The summary of what followed counts from when the link went. */
  #linkWentAt(event: Recorded): number | undefined {
    const summary = event.note.endsWith("down")
      ? this.#after(event).find(({ note }) => note.endsWith("seconds from failure"))
      : undefined;
    const end = summary === undefined ? undefined : this.#knownAfter(summary);
    return end === undefined ? undefined : end - (summary?.ms ?? 0);
  }

  #knownAfter(line: Recorded): number | undefined {
    const next = this.#after(line)
      .map(momentOf)
      .find((moment) => moment !== undefined);
    return next === undefined ? undefined : next + this.#ahead;
  }

  #after(line: Recorded): readonly Recorded[] {
    return this.#lines.slice(this.#lines.indexOf(line) + 1);
  }
}

/** How long a line took where ours takes no time; what waits for something waits here too. */
function timeOf(line: Recorded | undefined): number {
  const { req, ms = 0 } = line ?? {};
  if (req?.method === "SUMMARY") return 0;
  return req?.method === "SHELL" || ms < atOnceMs ? ms : 0;
}

/** The second in which a line was answered, or shortly before. */
function momentOf({ req, res }: Recorded): number | undefined {
  if (!isRow(res.json)) return undefined;
  const { data } = res.json;
  if (req.method === "GET") return req.path?.endsWith("/ha/status/current") ? masterAt(data) : undefined;
  const upid = isRow(data) ? data["upid"] : data;
  const second = /^UPID:[^:]+:[0-9A-F]{8}:[0-9A-F]{8,9}:([0-9A-F]{8}):/.exec(String(upid))?.[1];
  return second === undefined ? undefined : 1000 * Number.parseInt(second, 16) + lateInSecondMs;
}

/** When HA's manager last went round. */
function masterAt(rows: unknown): number | undefined {
  const list: readonly unknown[] = Array.isArray(rows) ? rows : [];
  const master = list.find((row) => isRow(row) && row["type"] === "master");
  return isRow(master) ? 1000 * Number(master["timestamp"]) : undefined;
}

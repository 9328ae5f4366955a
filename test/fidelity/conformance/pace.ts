import type { VirtualClock } from "@coppice/core";
import { isRow } from "./judge/rows.ts";
import type { Recorded } from "./recording.ts";

/** A longer gap lies between two recordings, not within one. */
const longestGapMs = 600_000;

/** Keeps a replay's clock in step with the recording's, which the tasks' names tell: they carry the second they began. */
export class Pace {
  readonly #clock: VirtualClock;
  #recorded: number | undefined;
  #ours = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Lets the time pass that had passed before a line whose answer is a task. */
  async keep(line: Recorded): Promise<void> {
    const began = secondOf(line);
    if (began === undefined) return;
    const gap = this.#recorded === undefined ? 0 : began - this.#recorded;
    const lag = gap - (this.#clock.now() - this.#ours);
    if (gap >= 0 && gap <= longestGapMs && lag > 0) await this.#clock.advance(lag);
    this.#recorded = began;
    this.#ours = this.#clock.now();
  }
}

function secondOf({ req, res }: Recorded): number | undefined {
  if (req.method === "GET" || !isRow(res.json)) return undefined;
  const { data } = res.json;
  const upid = isRow(data) ? data["upid"] : data;
  const second = /^UPID:[^:]+:[0-9A-F]{8}:[0-9A-F]{8,9}:([0-9A-F]{8}):/.exec(String(upid))?.[1];
  return second === undefined ? undefined : 1000 * Number.parseInt(second, 16);
}

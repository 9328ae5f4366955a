import type { PveCaller } from "../rest/pve-caller.ts";
import type { Upid } from "./upid.ts";

/** Most tasks last 50 to 300 ms, so the first looks come fast; each gap is twice the one before. */
const firstGap = 20;
const longestGap = 1_000;

/** Once it is known about how long tasks of a type take: a look a little before, then one each eighth of that time. */
const before = 0.9;
const between = 1 / 8;

/** Tasks take longer when many are at work, and shorter again. */
const weightOfLast = 0.5;
/** Where the first look finds a task ended, nobody knows since when. */
const shorter = 0.85;

const paces = new WeakMap<PveCaller, TaskPace>();

/**
 * When to look at a task. Each look costs a node 4 ms, and what ends between two looks waits for the second: with gaps
 * that only double, a task of 330 ms was seen to end after 620. So each client learns how long tasks of a type take on
 * a node, and looks about twice.
 */
export class TaskPace {
  /** The usual time of tasks, by node and type, in milliseconds. */
  readonly #usual = new Map<string, number>();

  /** The pace of a client. */
  static of(caller: PveCaller): TaskPace {
    const known = paces.get(caller) ?? new TaskPace();
    paces.set(caller, known);
    return known;
  }

  /** The gap before the next look at a task, of which so many looks and milliseconds have gone by. */
  gap(upid: Upid, looks: number, passed: number): number {
    const usual = this.#usual.get(keyOf(upid));
    if (usual === undefined || passed > 2 * usual) return Math.min(firstGap * 2 ** looks, longestGap);
    const gap = looks === 0 ? usual * before : usual * between;
    return Math.min(Math.max(gap, firstGap), longestGap);
  }

  /** Learns from a task that was seen to have ended at its n-th look. */
  ended(upid: Upid, looks: number, passed: number): void {
    const usual = this.#usual.get(keyOf(upid)) ?? passed;
    const took = looks === 1 ? Math.min(passed, usual) * shorter : passed;
    this.#usual.set(keyOf(upid), usual + (took - usual) * weightOfLast);
  }
}

function keyOf({ node, type }: Upid): string {
  return `${node} ${type}`;
}

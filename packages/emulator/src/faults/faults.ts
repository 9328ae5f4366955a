import { SeededRandom } from "@coppice/core";
import type { Fault, FaultPoint, FaultSource, FaultSubject } from "../kernel/fault-source.ts";
import { type FaultMatch, type FaultRule, type Strike, strikeOf } from "./fault-rule.ts";

/** A rule in force and how often it was looked at. */
export interface ActiveRule {
  readonly id: number;
  readonly rule: FaultRule;
  /** Events that matched. */
  readonly seen: number;
  /** Times it struck. */
  readonly struck: number;
}

interface Entry {
  readonly id: number;
  readonly rule: FaultRule;
  readonly strike: Strike;
  readonly path: RegExp | undefined;
  readonly random: SeededRandom;
  seen: number;
  struck: number;
}

/** The faults of an emulator: rules in the order they were added; the first that strikes wins. */
export class Faults implements FaultSource {
  readonly #entries: Entry[] = [];
  #next = 1;

  /** Adds a rule and answers its id. */
  add(rule: FaultRule): number {
    const id = this.#next;
    this.#next += 1;
    const source = rule.match?.path;
    const path = source === undefined ? undefined : new RegExp(`^(?:${source})$`);
    this.#entries.push({
      id,
      rule,
      path,
      strike: strikeOf(rule.effect),
      random: new SeededRandom(rule.seed ?? id),
      seen: 0,
      struck: 0,
    });
    return id;
  }

  /** Takes a rule back; false when there is none of that id. */
  remove(id: number): boolean {
    const at = this.#entries.findIndex((entry) => entry.id === id);
    if (at < 0) return false;
    this.#entries.splice(at, 1);
    return true;
  }

  /** Takes every rule back. */
  clear(): void {
    this.#entries.length = 0;
  }

  list(): ActiveRule[] {
    return this.#entries.map(({ id, rule, seen, struck }) => ({ id, rule, seen, struck }));
  }

  /** What shall go wrong with this event, if anything. */
  take(point: FaultPoint, subject: FaultSubject): Fault | undefined {
    for (const entry of this.#entries) {
      if (entry.strike.point !== point || !fits(entry, subject)) continue;
      entry.seen += 1;
      if (!isDue(entry)) continue;
      entry.struck += 1;
      return entry.strike.fault;
    }
    return undefined;
  }
}

function fits({ rule, strike, path }: Entry, subject: FaultSubject): boolean {
  const match: FaultMatch = rule.match ?? {};
  if (strike.type !== undefined && strike.type !== subject.type) return false;
  if (path !== undefined && (subject.path === undefined || !path.test(subject.path))) return false;
  const wanted = [
    [match.method, subject.method],
    [match.user, subject.user],
    [match.node, subject.node],
    [match.vmid, subject.vmid],
    [match.storage, subject.storage],
    [match.task, strike.type === undefined ? subject.type : undefined],
  ] as const;
  return wanted.every(([asked, found]) => asked === undefined || asked === found);
}

function isDue({ rule, random, seen, struck }: Entry): boolean {
  if (rule.nth !== undefined && seen !== rule.nth) return false;
  if (rule.times !== undefined && struck >= rule.times) return false;
  return rule.probability === undefined || random.next() < rule.probability;
}

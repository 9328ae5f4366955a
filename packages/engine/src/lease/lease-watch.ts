import { randomUUID } from "node:crypto";
import type { Clock } from "@coppice/core";
import { isGone, processBirth } from "../process/process-birth.ts";
import type { Computer } from "./computer.ts";
import { HeldLease } from "./held-lease.ts";
import type { LeaseFiles, NewestLease } from "./lease-files.ts";
import type { EngineRecord, LeaseRecord } from "./lease-record.ts";
import { leaseTimes } from "./lease-times.ts";

/** What looks at a stack's lease go by. */
export interface WatchParts {
  readonly files: LeaseFiles;
  readonly computer: Computer;
  readonly clock: Clock;
}

/** What a look at a lease found: it is one's own now, or somebody has it. */
export type Look = { readonly lease: HeldLease } | { readonly holder: LeaseRecord | undefined };

/**
 * Looks at a stack's lease again and again, and takes it as soon as it is free: given back, its holder known dead, or
 * without a sign of life for so long. That is counted in looks of one's own, so that the clocks of two computers are never
 * compared, and who slept himself gives the others their time.
 */
export class LeaseWatch {
  readonly #parts: WatchParts;
  readonly #who: string;
  #seen = "";
  #quiet = 0;

  constructor(parts: WatchParts, who: string) {
    this.#parts = parts;
    this.#who = who;
  }

  /** Looks once. */
  async look(): Promise<Look> {
    const newest = await this.#parts.files.newest();
    this.#notice(newest);
    if (!this.#isFree(newest)) return { holder: newest.record };
    const taken = { fence: newest.fence + 1, record: this.#claimOver(newest.record) };
    const isOurs = await this.#parts.files.claim(taken.fence, taken.record);
    if (!isOurs) return await this.look();
    return { lease: new HeldLease(this.#parts.files, this.#parts.clock, taken) };
  }

  /** Waits until the next look. */
  async pause(signal: AbortSignal): Promise<void> {
    await this.#parts.clock.sleep(leaseTimes.look, signal);
    this.#quiet += leaseTimes.look;
  }

  #notice({ fence, text }: NewestLease): void {
    const seen = `${fence} ${text}`;
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#quiet = 0;
  }

  #isFree({ fence, record }: NewestLease): boolean {
    if (fence === 0 || record?.released === true || this.#quiet >= leaseTimes.lapse) return true;
    return record !== undefined && this.#isDead(record);
  }

  /** Known only of processes that this one can see. An engine outlives its holder for a moment. */
  #isDead({ computer, pid, birth, engine }: LeaseRecord): boolean {
    if (computer !== this.#parts.computer.id || !isGone(pid, birth)) return false;
    return engine === undefined || isGone(engine.pid, engine.birth);
  }

  #claimOver(former: LeaseRecord | undefined): LeaseRecord {
    const { computer, clock } = this.#parts;
    const now = new Date(clock.now()).toISOString();
    return {
      id: randomUUID(),
      who: this.#who,
      host: computer.host,
      computer: computer.id,
      pid: process.pid,
      birth: processBirth(process.pid) ?? "",
      since: now,
      renewed: now,
      gone: goneWith(former),
    };
  }
}

/** An engine whose holder gave the lease back has ended before. */
function goneWith(former: LeaseRecord | undefined): readonly EngineRecord[] {
  const { gone = [], engine, released } = former ?? {};
  return engine === undefined || released === true ? gone : [...gone, engine];
}

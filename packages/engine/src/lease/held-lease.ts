import { type Clock, fileReason } from "@coppice/core";
import { processBirth } from "../process/process-birth.ts";
import type { Lease } from "./lease.ts";
import type { LeaseFiles } from "./lease-files.ts";
import { leaseLost } from "./lease-lost.ts";
import type { LeaseRecord } from "./lease-record.ts";
import { leaseTimes } from "./lease-times.ts";

/** A lease that was taken, renewed until it is given back or lost. */
export class HeldLease implements Lease {
  readonly lost: AbortSignal;
  /** Engines of earlier holders whose locks are nobody's. */
  readonly gone: LeaseRecord["gone"];
  readonly #files: LeaseFiles;
  /** Higher with each holder: of two that believe to hold the stack, the one with the higher number does. */
  readonly #fence: number;
  readonly #clock: Clock;
  readonly #lost = new AbortController();
  readonly #over = new AbortController();
  #record: LeaseRecord;
  /** Writes follow each other. */
  #writing: Promise<unknown> = Promise.resolve();
  #failures = 0;

  constructor(files: LeaseFiles, clock: Clock, taken: { fence: number; record: LeaseRecord }) {
    this.#files = files;
    this.#clock = clock;
    this.#fence = taken.fence;
    this.#record = taken.record;
    this.gone = taken.record.gone;
    this.lost = this.#lost.signal;
    void this.#renew();
  }

  async engineStarted(pid: number): Promise<void> {
    const birth = processBirth(pid) ?? "";
    await this.#write({ engine: { host: this.#record.host, pid, birth } });
  }

  /** Says that the locks of former engines are cleared away. */
  async locksCleared(): Promise<void> {
    if (this.#record.gone.length > 0) await this.#write({ gone: [] });
  }

  async release(): Promise<void> {
    this.#over.abort();
    if (this.lost.aborted) return;
    // Where that cannot be written, nothing renews it: it lapses.
    await this.#write({ released: true }).catch(() => undefined);
  }

  async #renew(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted && !this.lost.aborted) {
      // Its only failure is the end of the lease.
      await this.#clock.sleep(leaseTimes.renew, signal).catch(() => undefined);
      if (!signal.aborted) await this.#write({}).catch((error: unknown) => this.#failed(error));
    }
  }

  async #write(change: Partial<LeaseRecord>): Promise<void> {
    this.#record = { ...this.#record, ...change, renewed: new Date(this.#clock.now()).toISOString() };
    const record = this.#record;
    const writing = this.#writing.then(async () => await this.#files.write(this.#fence, record));
    this.#writing = writing.catch(() => undefined);
    if (await writing) this.#failures = 0;
    else this.#lose("somebody else took it, since it was not renewed in time");
  }

  /** Others take it before they hear of it again: by then its holder has stopped by itself. */
  #failed(error: unknown): void {
    this.#failures += 1;
    if ((this.#failures + 1) * leaseTimes.renew >= leaseTimes.lapse) {
      this.#lose(`it could not be renewed: ${fileReason(error)}`);
    }
  }

  #lose(why: string): void {
    if (this.lost.aborted) return;
    this.#lost.abort(leaseLost(why));
  }
}

import type { OpenCluster } from "@coppice/clusters";
import { type ClassVerdict, type Clock, CoppiceError, type Progress, systemClock } from "@coppice/core";
import type { ResourceContext } from "@coppice/provider";

/** What a test may say about a context. */
export interface ContextOptions {
  /** @default "dev" */
  readonly stack?: string;
  /** @default the machine's time */
  readonly clock?: Clock;
}

/** A handler's context that keeps what it was told. */
export class RecordedContext implements ResourceContext {
  readonly urn: string;
  readonly clock: Clock;
  readonly reports: Progress[] = [];
  readonly verdicts: ClassVerdict[] = [];
  readonly told: string[] = [];
  readonly warnings: string[] = [];
  readonly #abort = new AbortController();
  readonly #connection: () => OpenCluster;

  constructor(urn: string, { clock }: ContextOptions, connection: () => OpenCluster) {
    this.urn = urn;
    this.clock = clock ?? systemClock;
    this.#connection = connection;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What Ctrl-C does. */
  cancel(): void {
    const why = "Pulumi was interrupted";
    this.#abort.abort(new CoppiceError("provider.interrupted", { what: "Stopped before it was done", why }));
  }

  report(progress: Progress): void {
    this.reports.push(progress);
  }

  judge(verdict: ClassVerdict): void {
    this.verdicts.push(verdict);
  }

  inform(message: string): void {
    this.told.push(message);
  }

  warn(message: string): void {
    this.warnings.push(message);
  }

  // Async like every context: the real one connects at first use.
  async cluster(): Promise<OpenCluster> {
    return this.#connection();
  }
}

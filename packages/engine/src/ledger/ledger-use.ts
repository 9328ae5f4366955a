import type { AccountEntries, Database, Ledger } from "@coppice/database";
import type { Environment } from "../home/home-folder.ts";
import type { StateHome } from "../home/state-home.ts";

/** What the ledger says of a tenant on a cluster. */
export type LedgerAccount = AccountEntries;

/** Whose ledger is meant. */
export interface LedgerPlace {
  readonly home: Pick<StateHome, "folder">;
  /** `DATABASE_URL` names a database that several computers share. */
  readonly environment: Environment;
  /** Ends the opening. What is open is used to its end: whoever calls a run off wants it settled all the same. */
  readonly signal: AbortSignal;
}

/** The ledger of a home as one command uses it: opened once, where it is needed, and closed by whoever made this. */
export class LedgerUse {
  readonly #place: LedgerPlace;
  #opened: Promise<Database> | undefined;

  constructor(place: LedgerPlace) {
    this.#place = place;
  }

  /** Begins to open it for whoever will need it, beside other work. Why that failed is told where it is needed. */
  warm(): void {
    this.#database().catch(() => undefined);
  }

  /**
   * Nothing of PostgreSQL is loaded before: whoever has no documents with a tenant never starts it.
   *
   * @throws CoppiceError `database.*`
   */
  async ledger(): Promise<Ledger> {
    const { createLedger } = await import("@coppice/database");
    return createLedger(await this.#database());
  }

  /** Ends the use; the last one of a home's embedded server stops that. */
  async close(): Promise<void> {
    // What could not be opened is not open.
    const database = await this.#opened?.catch(() => undefined);
    await database?.close();
  }

  #database(): Promise<Database> {
    this.#opened ??= open(this.#place);
    return this.#opened;
  }
}

async function open({ home, environment, signal }: LedgerPlace): Promise<Database> {
  const { openDatabase } = await import("@coppice/database");
  const opening = new AbortController();
  const end = (): void => opening.abort(signal.reason);
  if (signal.aborted) end();
  signal.addEventListener("abort", end);
  try {
    return await openDatabase({
      home: home.folder,
      url: environment["DATABASE_URL"],
      signal: opening.signal,
    });
  } finally {
    signal.removeEventListener("abort", end);
  }
}

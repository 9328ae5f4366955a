import type { AccountEntries, Ledger } from "@coppice/database";
import type { Environment } from "../home/home-folder.ts";
import type { StateHome } from "../home/state-home.ts";

/** What the ledger says of a tenant on a cluster. */
export type LedgerAccount = AccountEntries;

/** A ledger that is in use. */
export interface OpenLedger {
  readonly ledger: Ledger;
  close(): Promise<void>;
}

/** Whose ledger is meant. */
export interface LedgerPlace {
  readonly home: Pick<StateHome, "folder">;
  /** `DATABASE_URL` names a database that several computers share. */
  readonly environment: Environment;
  /** Ends the opening. What is open is used to its end: whoever calls a run off wants it settled all the same. */
  readonly signal: AbortSignal;
}

/**
 * Opens the ledger of a home. Nothing of PostgreSQL is loaded before: whoever has no documents with a tenant never starts it.
 *
 * @throws CoppiceError `database.*`
 */
export async function openLedger({ home, environment, signal }: LedgerPlace): Promise<OpenLedger> {
  const { createLedger, openDatabase } = await import("@coppice/database");
  const opening = new AbortController();
  const end = (): void => opening.abort(signal.reason);
  if (signal.aborted) end();
  signal.addEventListener("abort", end);
  try {
    const url = environment["DATABASE_URL"];
    const database = await openDatabase({ home: home.folder, url, signal: opening.signal });
    return { ledger: createLedger(database), close: async () => await database.close() };
  } finally {
    signal.removeEventListener("abort", end);
  }
}

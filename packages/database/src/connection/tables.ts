import type { Generated } from "kysely";

/** The tables as the newest migration leaves them. */
export interface Tables {
  "coppice.migrations": MigrationRow;
  "coppice.reservations": ReservationRow;
  "coppice.holdings": HoldingRow;
}

/** A migration that was applied. */
export interface MigrationRow {
  readonly number: number;
  readonly name: string;
  readonly applied: Generated<Date>;
}

/** Amounts, a column each. */
export interface AmountColumns {
  readonly machines: number;
  readonly cores: number;
  readonly memory: number;
  readonly storage: number;
}

/** Room that is held for an operation. Its amounts never change: it only ends. */
export interface ReservationRow extends AmountColumns {
  readonly fence: Generated<number>;
  readonly tenant: string;
  readonly cluster: string;
  readonly what: string;
  readonly operation: string;
  readonly holder: string;
  readonly made: Generated<Date>;
  /** When it lapses, or ended. */
  readonly ends: Date;
  readonly settled: Generated<boolean>;
}

/** What a thing of a tenant has, as of its last settled operation. */
export interface HoldingRow extends AmountColumns {
  readonly tenant: string;
  readonly cluster: string;
  readonly what: string;
  readonly settled: Generated<Date>;
}

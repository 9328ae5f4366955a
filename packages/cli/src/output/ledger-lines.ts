import { type Amounts, amountNames, amountWords } from "@coppice/core";
import type { LedgerAccount } from "@coppice/engine";
import { table } from "./table.ts";

const HEAD = ["TENANT", "CLUSTER", "WHAT", "MACHINES", "CORES", "MEMORY", "STORAGE", ""] as const;

/**
 * What tenants have and what is held for runs, a line each.
 *
 * @param now in milliseconds since the epoch
 */
export function ledgerLines(accounts: readonly LedgerAccount[], now: number): string[] {
  const rows = accounts.flatMap(({ tenant, cluster, holdings, reservations }) => [
    ...holdings.map(({ what, amounts }) => [tenant, cluster, what, ...figures(amounts)]),
    ...reservations.map((each) => [
      tenant,
      cluster,
      each.what,
      ...figures(each.amounts),
      reservationWords(each, now),
    ]),
  ]);
  if (rows.length === 0) return ["No tenant has or was promised anything."];
  return table(HEAD, rows);
}

function figures(amounts: Amounts): string[] {
  return amountNames.map((name) => amountWords[name].figure(amounts[name]));
}

function reservationWords(
  { holder, ends, lapsed }: LedgerAccount["reservations"][number],
  now: number,
): string {
  const seconds = Math.round(Math.abs(ends - now) / 1000);
  const time = lapsed
    ? `lapsed ${seconds} s ago, does not count`
    : `lapses in ${seconds} s unless it is renewed`;
  return `held for ${holder}; ${time}`;
}

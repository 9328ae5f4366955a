import type { Amounts } from "@coppice/core";
import { amountsIn } from "./amount-columns.ts";
import type { Reservation } from "./ledger.ts";

/** The columns of a reservation; when it ends is asked beside them as `until`, in microseconds. */
export const reservationColumns = [
  "fence",
  "tenant",
  "cluster",
  "what",
  "operation",
  "holder",
  "machines",
  "cores",
  "memory",
  "storage",
] as const;

/** A row of those columns as a reservation. */
export function reservationIn(
  row: Omit<Reservation, "amounts" | "ends"> & Amounts & { readonly until: number },
): Reservation {
  const { fence, tenant, cluster, what, operation, holder, until } = row;
  return { fence, tenant, cluster, what, operation, holder, amounts: amountsIn(row), ends: until / 1000 };
}

import { isDeepStrictEqual } from "node:util";
import type { JsonValue, OverlayPoolState, Properties } from "@coppice/core";
import { type OrderField, orderFields, ordersIn } from "../documents/seat-orders.ts";

/** Orders by field and seat. */
export type Orders = Readonly<Record<OrderField, Readonly<Record<string, JsonValue>>>>;

/** Orders that an undo leaves in a description, and the seats whose orders it takes back. */
export interface UndoOrders {
  readonly kept: Orders;
  readonly dropped: readonly string[];
}

/**
 * Of the orders that are declared now, those that were carried out: they stay, and order nothing. Every other value orders a
 * reset, also one that was carried out long ago; so those of the wanted version are none, and what is declared and was not
 * carried out is taken back.
 */
export function undoOrders(declared: Properties, pool: OverlayPoolState | undefined): UndoOrders {
  const dropped: string[] = [];
  const keptOf = (field: OrderField) => {
    const entries = Object.entries(ordersIn(declared, field));
    const kept = entries.filter(([seat, value]) =>
      isDeepStrictEqual(pool?.exceptions?.[seat]?.[field], value),
    );
    const others = entries.filter((entry) => !kept.includes(entry));
    dropped.push(...others.flatMap(([seat]) => (pool?.seats[seat] === undefined ? [] : [seat])));
    return Object.fromEntries(kept);
  };
  const [reset, undo] = orderFields.map(keptOf);
  return { kept: { reset: reset ?? {}, undo: undo ?? {} }, dropped: [...new Set(dropped)] };
}

/**
 * The seats that got a fresh disk by an order since, and did not get their former one back by a later order. What came last
 * the history says: the record of a seat looks the same either way.
 *
 * @param later what the versions since declared, oldest first
 */
export function resetSince(
  wanted: Properties,
  pool: OverlayPoolState | undefined,
  later: readonly Properties[],
): string[] {
  return Object.entries(pool?.exceptions ?? {}).flatMap(([seat, done]) => {
    const isReset = done.reset !== undefined && done.reset !== ordersIn(wanted, "reset")[seat];
    const [reset, undo] = orderFields.map((field) => {
      const value = done[field];
      return value === undefined || value === ordersIn(wanted, field)[seat]
        ? -1
        : later.findIndex((inputs) => ordersIn(inputs, field)[seat] === value);
    });
    const isUndone = reset !== undefined && undo !== undefined && reset >= 0 && undo > reset;
    return isReset && !isUndone ? [seat] : [];
  });
}

/** The seats that stand on a later generation than that of the wanted version: publications since gave them fresh disks. */
export function renewedSince(generation: number, pool: OverlayPoolState | undefined): string[] {
  return Object.keys(pool?.seats ?? {}).filter(
    (seat) => (pool?.exceptions?.[seat]?.generation ?? pool?.generation ?? 1) > generation,
  );
}

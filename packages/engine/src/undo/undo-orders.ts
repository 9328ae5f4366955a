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

/** The seats that got a fresh disk by an order that the wanted version does not know. */
export function resetSince(wanted: Properties, pool: OverlayPoolState | undefined): string[] {
  const known = { reset: ordersIn(wanted, "reset"), undo: ordersIn(wanted, "undo") };
  return Object.entries(pool?.exceptions ?? {}).flatMap(([seat, { reset, undo, former }]) => {
    const isReset = reset !== undefined && reset !== known.reset[seat];
    // After an undo nothing is kept of the reset that it took back; a later reset keeps what it replaced.
    const isUndone = undo !== undefined && undo !== known.undo[seat] && former === undefined;
    return isReset && !isUndone ? [seat] : [];
  });
}

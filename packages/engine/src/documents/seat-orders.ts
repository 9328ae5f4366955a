import { isList, isProperties, type JsonValue, type Properties, seatNames } from "@coppice/core";

/** The fields in which seats are ordered to be reset, or to have their reset undone: a new value orders it once. */
export const orderFields = ["reset", "undo"] as const;

/** One of {@link orderFields}. */
export type OrderField = (typeof orderFields)[number];

/** The orders of a description, by seat. */
export function ordersIn(inputs: Properties, field: OrderField): Readonly<Record<string, JsonValue>> {
  const orders = inputs[field];
  return isProperties(orders) ? orders : {};
}

/** A description with these orders and no others. */
export function withOrders(
  { reset: _reset, undo: _undo, ...inputs }: Properties,
  orders: Readonly<Record<OrderField, Readonly<Record<string, JsonValue>>>>,
): Properties {
  const seats = new Set(seatsIn(inputs));
  const said = orderFields.flatMap((field) => {
    // Only a seat may be named in an order.
    const kept = Object.entries(orders[field]).filter(([seat]) => seats.has(seat));
    return kept.length === 0 ? [] : [[field, Object.fromEntries(kept)] as const];
  });
  return { ...inputs, ...Object.fromEntries(said) };
}

/** The seats that a description declares, in order. */
export function seatsIn({ roster, seats }: Properties): string[] {
  if (isList(roster)) return roster.filter((name) => typeof name === "string");
  return typeof seats === "number" ? seatNames(seats) : [];
}

import { isDeepStrictEqual } from "node:util";
import type { Properties } from "@coppice/core";
import type { Description } from "../documents/description.ts";
import { orderFields, ordersIn, withOrders } from "../documents/seat-orders.ts";

/** A document through the time between its preview and its turn. */
export interface DocumentTime {
  /** What the stack had of it when it was shown what becomes of it; undefined where it had nothing. */
  readonly shown: Properties | undefined;
  /** What the stack has of it now. */
  readonly now: Properties | undefined;
  /** As the stack declares it now. */
  readonly declared: Properties | undefined;
}

/**
 * Whether somebody has changed a document so since it was previewed that applying it would do what nobody was shown: take back
 * what he made of it, with all that is on its machines, or give a seat a fresh disk that was to stay as it is. Resets of
 * other seats change nothing for one's own, and what was made just as one wants it is done.
 */
export function isStale({ inputs }: Description, { shown, now, declared }: DocumentTime): boolean {
  if (now === undefined) return false;
  // A run that was killed is in no history: what it recorded says what it was about.
  const made = declared === undefined ? [now] : [now, declared];
  const isMadeSo = made.some((each) => isSame(each, withNumbersOf(each, inputs)));
  return (isOtherwise(now, shown) && !isMadeSo) || takesBackOrder(inputs, shown, now);
}

/** Whether something is another thing than it was, but for resets and undos of its seats. */
export function isOtherwise(now: Properties, shown: Properties | undefined): boolean {
  return shown === undefined || !isSame(now, shown);
}

function isSame(one: Properties, other: Properties): boolean {
  return isDeepStrictEqual(bare(one), bare(other));
}

/** Numbers that are left out are those that were chosen. */
function withNumbersOf({ vmids }: Properties, inputs: Properties): Properties {
  return { ...(vmids !== undefined && { vmids }), ...inputs };
}

/** An order was shown as carried out, and another one has followed it: it would be carried out again. */
function takesBackOrder(wanted: Properties, shown: Properties | undefined, now: Properties): boolean {
  return orderFields.some((field) => {
    const [before, since] = [ordersIn(shown ?? {}, field), ordersIn(now, field)];
    return Object.entries(ordersIn(wanted, field)).some(
      ([seat, value]) => before[seat] === value && since[seat] !== value,
    );
  });
}

function bare(inputs: Properties): Properties {
  return withOrders(inputs, { reset: {}, undo: {} });
}

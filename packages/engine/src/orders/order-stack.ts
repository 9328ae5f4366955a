import type { StateHome } from "../home/state-home.ts";
import type { LeaseRequest } from "../lease/lease.ts";
import { type StackName, stackPlace } from "../lease/stack-place.ts";
import { watchParts } from "../lease/take-lease.ts";
import { type JoinedWork, StackOrders } from "./stack-orders.ts";

/** An order for a stack, and how orders are carried out. */
export interface StackOrder<Order, Outcome> extends JoinedWork<Order, Outcome> {
  /** Plain values, which lie in a file while the order waits: references to secrets, never secrets. */
  readonly order: Order;
}

/**
 * Has an order carried out, alone or together with others. Whoever has to wait for a stack leaves the order there; the next
 * one whose turn it is takes all that wait and carries them out in one run, and each hears what became of its own. Of
 * processes that die, orders that wait are dropped, and what they had in hand is taken up by the next.
 *
 * @example
 * const outcome = await orderStack(home, { project, stack }, { who: "ada", signal }, { order, joins, run });
 * @throws CoppiceError `stack.locked`, `stack.lease`; and whatever `run` throws when it runs here
 */
export async function orderStack<Order, Outcome>(
  home: StateHome,
  name: StackName,
  request: LeaseRequest,
  { order, ...work }: StackOrder<Order, Outcome>,
): Promise<Outcome> {
  const place = stackPlace(home, name);
  const parts = { place, watch: watchParts(place.leases) };
  return await new StackOrders(parts, work).give(order, request);
}

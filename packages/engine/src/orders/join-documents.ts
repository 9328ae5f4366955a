import { isDeepStrictEqual } from "node:util";
import { type Description, documentKey } from "../documents/description.ts";
import { holdsReference } from "../documents/is-reference.ts";
import { ordersIn, withOrders } from "../documents/seat-orders.ts";

const none = { reset: {}, undo: {} };

/**
 * Whether what two people declared can be made in one run, so that each gets what he was shown: documents that both name
 * differ in the resets and undos that they order, at most. A secret is another one for another person, and only he can read it:
 * what refers to one goes in his own run.
 */
export function documentsJoin(own: readonly Description[], other: readonly Description[]): boolean {
  const known = new Map(own.map((document) => [document.name, document]));
  return other.every((document) => {
    const same = known.get(document.name);
    if (same === undefined) return !holdsReference(document.inputs);
    return same.kind === document.kind && isDeepStrictEqual(bare(same), bare(document));
  });
}

/**
 * The documents of orders that go together, each document once, with the resets and undos of all of them. Of two values for
 * one seat the later one counts; one that was carried out already orders nothing.
 */
export function joinDocuments(orders: readonly (readonly Description[])[]): Description[] {
  const joined = new Map<string, Description>();
  for (const document of orders.flat()) {
    const key = documentKey(document);
    const former = joined.get(key)?.inputs ?? {};
    const { inputs } = document;
    const merged = withOrders(inputs, {
      reset: { ...ordersIn(former, "reset"), ...ordersIn(inputs, "reset") },
      undo: { ...ordersIn(former, "undo"), ...ordersIn(inputs, "undo") },
    });
    joined.set(key, { ...document, inputs: merged });
  }
  return [...joined.values()];
}

function bare({ inputs }: Description): Description["inputs"] {
  return withOrders(inputs, none);
}

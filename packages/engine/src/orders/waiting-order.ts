import { type JsonValue, parseProperties } from "@coppice/core";

/** Who ordered. */
export interface OrderedBy {
  readonly who: string;
  /** See `Computer`. */
  readonly computer: string;
  readonly pid: number;
  /** See `processBirth`. */
  readonly birth: string;
}

/** An order that waits for a stack, as it lies in its file. */
export interface WaitingOrder<Order> extends OrderedBy {
  readonly order: Order;
}

/** The order that a text is; undefined while it is being written. */
export function parseOrder<Order>(text: string): WaitingOrder<Order> | undefined {
  const { who, computer, pid, birth, order } = parseProperties(text) ?? {};
  if (typeof who !== "string" || typeof computer !== "string" || typeof birth !== "string") return undefined;
  if (typeof pid !== "number" || order === undefined) return undefined;
  return { who, computer, pid, birth, order: asWritten<Order>(order) };
}

/** The outcome that a text is; undefined while it is being written. */
export function parseOutcome<Outcome>(text: string): { readonly outcome: Outcome } | undefined {
  const { outcome } = parseProperties(text) ?? {};
  return outcome === undefined ? undefined : { outcome: asWritten<Outcome>(outcome) };
}

function asWritten<T>(value: JsonValue): T {
  // as: only processes that give orders of this kind write to the folder.
  return value as T;
}

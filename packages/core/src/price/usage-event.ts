import type { Amounts } from "../amounts/amounts.ts";
import type { Bytes } from "../values/size.ts";

/** What happened to a machine that is paid for. */
export type UsageEvent = {
  /** In milliseconds since 1970. */
  readonly at: number;
  /**
   * The document that its machine belongs to. This is what a forecast prices and what a line charges: its machines are summed
   * exactly and rounded together, once. Rounded each by itself they would come to something else than their forecast.
   */
  readonly of: string;
  /** Which of the document's machines it happened to; templates of its generations are machines too. */
  readonly machine: string;
} & (
  | { readonly kind: "made"; readonly amounts: Amounts }
  | { readonly kind: "resized"; readonly amounts: Amounts }
  | { readonly kind: "started" | "stopped" | "removed" }
  | { readonly kind: "sent"; readonly bytes: Bytes }
);

import type { Amounts } from "../amounts/amounts.ts";
import type { Bytes } from "../values/size.ts";

/** What happened to a thing that is paid for. */
export type UsageEvent = {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** The thing: a machine, or a class as a whole. */
  readonly of: string;
} & (
  | { readonly kind: "made"; readonly amounts: Amounts }
  | { readonly kind: "resized"; readonly amounts: Amounts }
  | { readonly kind: "started" | "stopped" | "removed" }
  | { readonly kind: "sent"; readonly bytes: Bytes }
);

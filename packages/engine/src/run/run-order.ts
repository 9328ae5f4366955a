import type { Properties } from "@coppice/core";
import type { Description } from "../documents/description.ts";

/** What the engine is to do with one stack. Plain values: it travels to a worker. */
export interface RunOrder {
  readonly verb: "preview" | "up" | "destroy" | "refresh";
  /** `coppice-tenant` or `coppice-cluster`. */
  readonly project: string;
  /** The stack's name, for example `main`. */
  readonly stack: string;
  /** What the run's program makes. Empty for a destruction or a refresh by what the state says alone. */
  readonly documents: readonly Description[];
  /** What the stack declares besides. It stays in the configuration; such a run names its targets, so that it stays at all. */
  readonly kept?: readonly Description[];
  /** A preview or an application reads everything anew first. */
  readonly isRefreshed?: boolean;
  /** A refresh only tells what it found. */
  readonly isTrial?: boolean;
  /** The value of `coppice:clusters`. */
  readonly clusters: Properties;
  /** The variables that references to credentials name; known to this run alone. */
  readonly credentials: Readonly<Record<string, string>>;
  /** URNs to which the run is restricted, with what depends on them. */
  readonly targets?: readonly string[];
  /** What the history says of it. */
  readonly message: string;
  /** Who gave the order, for the history. */
  readonly who: string;
}

import type { ErrorCode } from "@coppice/core";

/** How a run ended. Plain values: it travels from a worker. */
export interface RunOutcome {
  readonly result: "succeeded" | "failed" | "cancelled";
  /** How many resources, by the engine's word for what was done with them. */
  readonly changes: Readonly<Record<string, number>>;
  /** Everything that went wrong, in the order in which it was told. */
  readonly failures: readonly RunFailure[];
  /** URNs of the resources that the run began with and did not bring to an end; the next run goes on with them. */
  readonly left: readonly string[];
}

/** Of a run that was called off before it began. */
export const notBegun: RunOutcome = { result: "cancelled", changes: {}, failures: [], left: [] };

/** One thing that went wrong. */
export interface RunFailure {
  /** For a reader; ends with a code where it is one of ours. */
  readonly message: string;
  readonly code?: ErrorCode;
  /** The resource that it happened to. */
  readonly urn?: string;
}

import type { Clock } from "@coppice/core";
import type { Parser } from "../parse/parser.ts";
import type { NodeLimiter } from "../waiting/node-limiter.ts";
import type { Params } from "./encode-params.ts";
import type { PathValues } from "./fill-path.ts";

/** The methods that Proxmox VE knows. */
export type PveMethod = "GET" | "POST" | "PUT" | "DELETE";

/** One call of the API. */
export interface PveCall<T> {
  readonly method: PveMethod;
  /** Path below `/api2/json` with `{name}` places. */
  readonly path: string;
  /** Values for the places; `node` also names the node in errors. */
  readonly in?: PathValues;
  readonly params?: Params;
  /** Reads the answer's `data`. */
  readonly parse: Parser<T>;
  /** Gives the parser the whole answer (`data`, `total`, …) instead of `data`. */
  readonly envelope?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** What functions over the API need of a client; {@link PveClient} is one. */
export interface PveCaller {
  readonly clock: Clock;
  /** Limits the task starts per node. */
  readonly starts: NodeLimiter;
  /** Longest time that a task is waited for, in milliseconds. */
  readonly taskTimeout: number;
  call<T>(call: PveCall<T>): Promise<T>;
  /** Texts that no error may show. */
  secrets(): readonly string[];
}

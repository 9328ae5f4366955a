/** Where a fault can strike. */
export type FaultPoint =
  | "request"
  | "response"
  | "fork"
  | "task"
  | "write"
  | "storage"
  | "lock"
  | "ssh"
  | "metrics"
  | "cleanup";

/** What is about to happen; rules match on these. */
export interface FaultSubject {
  readonly node?: string;
  readonly method?: string;
  readonly path?: string;
  readonly user?: string;
  readonly vmid?: number;
  readonly type?: string;
  readonly storage?: string;
}

/** What shall happen instead. */
export interface Fault {
  /** Answer with this status and phrase. */
  readonly status?: number;
  readonly reason?: string;
  /** Wait first, in milliseconds of the cluster's clock; point `cleanup`: so long in the lock. */
  readonly delayMs?: number;
  /** Cut the connection. */
  readonly drop?: true;
  /** Point `fork`: "got no worker upid". Point `task`: vanish without a last line. */
  readonly lost?: true;
  /** Point `ssh`: cut the connection after so many bytes from the client. */
  readonly cutAfterBytes?: number;
  /** Point `task`: end with this error. */
  readonly error?: string;
}

/** Asked at each point whether something shall go wrong; the faults folder implements it. */
export interface FaultSource {
  take(point: FaultPoint, subject: FaultSubject): Fault | undefined;
}

/** Nothing ever goes wrong. */
export const noFaults: FaultSource = { take: () => undefined };

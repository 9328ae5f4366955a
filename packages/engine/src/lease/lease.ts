/** The right to change a stack, held by one process at a time. */
export interface Lease {
  /** Aborts when somebody else may have the lease; its reason says why. Whatever the holder does has to stop then. */
  readonly lost: AbortSignal;
  /** Tells others which engine works for the holder, so that they wait for its end, or know that it is gone. */
  engineStarted(pid: number): Promise<void>;
  /** Gives it back. */
  release(): Promise<void>;
}

/** Who has what another one waits for, in words that people know. */
export interface Holder {
  readonly who: string;
  readonly host: string;
  readonly pid: number;
  readonly since: string;
}

/** Who asks for a lease, and how. */
export interface LeaseRequest {
  /** Who asks, as others will read it. */
  readonly who: string;
  /** Its abort ends the wait. */
  readonly signal: AbortSignal;
  /** Is told whom it waits for: once for each holder, undefined where the lease does not say. */
  waits?(holder: Holder | undefined): void;
  /** Is told that the order which was called off may be carried out all the same: another one's run has taken it up. */
  takenUp?(): void;
}

import { audienceOf, type ErrorAudience, type ErrorCode } from "./error-code.ts";

/** What a {@link CoppiceError} is made of; the sentence a reader sees is built from the first three. */
export interface CoppiceErrorParts {
  /** What happened and to which thing, without a full stop: `Seat "ada" was not created`. */
  readonly what: string;
  /** Why it happened, without a full stop. */
  readonly why?: string;
  /** What the reader can do about it. */
  readonly wayOut?: string;
  /** Plain values for programs (vmid, node, status …). Never a secret. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/** Shared by every copy of this package in one process, so `is` also knows errors of another copy. */
const marker = Symbol.for("@coppice/core.CoppiceError");

/**
 * An error that a reader can act on: what happened, to which thing, why, and the way out.
 *
 * @example
 * throw new CoppiceError("vmid.invalid", {
 *   what: "The vmid 42 cannot be used",
 *   why: "Proxmox reserves everything below 100",
 *   wayOut: "Choose a vmid from 100 to 999999999",
 * });
 */
export class CoppiceError extends Error {
  /** The stable code, `domain.reason`. */
  readonly code: ErrorCode;
  /** Whom this error is for. */
  readonly audience: ErrorAudience;
  /** What happened and to which thing. */
  readonly what: string;
  /** Why it happened, where known. */
  readonly why: string | undefined;
  /** What the reader can do about it, where something can be done. */
  readonly wayOut: string | undefined;
  /** Plain values for programs. */
  readonly details: Readonly<Record<string, string | number | boolean>>;
  /** @internal */
  readonly [marker] = true;

  constructor(code: ErrorCode, parts: CoppiceErrorParts) {
    super(sentence(parts), "cause" in parts ? { cause: parts.cause } : undefined);
    this.name = "CoppiceError";
    this.code = code;
    this.audience = audienceOf(code);
    this.what = parts.what;
    this.why = parts.why;
    this.wayOut = parts.wayOut;
    this.details = parts.details ?? {};
  }

  /** Whether a caught value is one of ours, also when it comes from another copy of this package. */
  static is(value: unknown): value is CoppiceError {
    return value instanceof Error && marker in value;
  }
}

function sentence({ what, why, wayOut }: CoppiceErrorParts): string {
  return `${what}${why ? `: ${why}` : ""}${wayOut ? `. ${wayOut}` : ""}`;
}

import { type ErrorCode, errorCodes } from "./error-code.ts";
import type { ErrorAudience } from "./error-codes/error-description.ts";

/** What a {@link CoppiceError} is made of; its sentence is built from the first three. */
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
 * An error that a reader can act on: what happened, to which thing, why, and the way out. Its message ends with the
 * code, so that whoever shows it shows the code too: `The size "4GB" cannot be read: … [unit.invalid]`.
 *
 * @example
 * throw new CoppiceError("unit.invalid", {
 *   what: "The size \"4GB\" cannot be read",
 *   why: "the unit \"GB\" is unknown",
 *   wayOut: "Write it like \"4GiB\"",
 * });
 */
export class CoppiceError extends Error {
  /** The stable code, `domain.reason`. */
  readonly code: ErrorCode;
  /** Whom this error is for. */
  readonly audience: ErrorAudience;
  /** The message without the code. */
  readonly sentence: string;
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
    const sentence = sentenceOf(parts);
    super(withCode(sentence, code), "cause" in parts ? { cause: parts.cause } : undefined);
    this.name = "CoppiceError";
    this.code = code;
    this.audience = errorCodes[code].audience;
    this.sentence = sentence;
    this.what = parts.what;
    this.why = parts.why;
    this.wayOut = parts.wayOut;
    this.details = parts.details ?? {};
  }

  /** Whether a caught value is one of ours, also when it comes from another copy of this package. */
  static is(value: unknown): value is CoppiceError {
    return value instanceof Error && marker in value;
  }

  /** What was caught, as one of ours: anything else is a bug that nobody thought of. */
  static of(caught: unknown): CoppiceError {
    if (CoppiceError.is(caught)) return caught;
    return new CoppiceError("provider.unexpected", {
      what: "Unexpected error in the provider coppice",
      why: caught instanceof Error ? caught.message : String(caught),
      wayOut: "This is a bug; `pulumi up --debug` shows more",
      cause: caught,
    });
  }
}

/** A sentence as people see it, with the code that they can look up in docs/reference/errors.md. */
export function withCode(sentence: string, code: string): string {
  return `${sentence} [${code}]`;
}

function sentenceOf({ what, why, wayOut }: CoppiceErrorParts): string {
  // A reason in another program's words may bring its own full stop.
  const reason = why?.replace(/\.+$/, "");
  return `${what}${reason ? `: ${reason}` : ""}${wayOut ? `. ${wayOut}` : ""}`;
}

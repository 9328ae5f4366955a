import { CoppiceError, type ErrorCode } from "@coppice/core";

/** The error codes of this package's SSH half. */
export type SshErrorCode = Extract<ErrorCode, `ssh.${string}`>;

const marker = Symbol.for("@coppice/pve.SshError");

/** Anything that went wrong between us and a node's shell, told by its `code`. */
export class SshError extends CoppiceError {
  declare readonly code: SshErrorCode;
  /** @internal */
  readonly [marker] = true;

  constructor(
    code: SshErrorCode,
    parts: {
      what: string;
      why?: string;
      wayOut?: string;
      details?: Readonly<Record<string, string | number>>;
      cause?: unknown;
    },
  ) {
    super(code, parts);
    this.name = "SshError";
  }

  /** Whether a caught value is an SshError, also one of another copy of this package, optionally of one of these codes. */
  static override is(value: unknown, ...codes: readonly SshErrorCode[]): value is SshError {
    if (!CoppiceError.is(value) || !(marker in value)) return false;
    return codes.length === 0 || codes.some((code) => code === value.code);
  }
}

import { CoppiceError, type ErrorCode } from "@coppice/core";
import type { ItemResult } from "./result-lines.ts";

/** The error codes of this package's SSH half. */
export type SshErrorCode = Extract<ErrorCode, `ssh.${string}`>;

const marker = Symbol.for("@coppice/pve.SshError");

/** Anything that went wrong between us and a node's shell, told by its `code`. */
export class SshError extends CoppiceError {
  declare readonly code: SshErrorCode;
  /** The items that had answered before it went wrong; the others are unknown, not failed. */
  readonly answered: readonly ItemResult[];
  /** @internal */
  readonly [marker] = true;

  constructor(
    code: SshErrorCode,
    parts: {
      what: string;
      why?: string;
      wayOut?: string;
      details?: Readonly<Record<string, string | number>>;
      answered?: readonly ItemResult[];
      cause?: unknown;
    },
  ) {
    const { answered, ...rest } = parts;
    super(code, rest);
    this.name = "SshError";
    this.answered = answered ?? [];
  }

  /** Whether a caught value is an SshError, also one of another copy of this package, optionally of one of these codes. */
  static override is(value: unknown, ...codes: readonly SshErrorCode[]): value is SshError {
    if (!CoppiceError.is(value) || !(marker in value)) return false;
    return codes.length === 0 || codes.some((code) => code === value.code);
  }
}

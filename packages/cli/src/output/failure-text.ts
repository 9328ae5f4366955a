import { CoppiceError } from "@coppice/core";
import { ToolchainError } from "@coppice/toolchain";

/**
 * What the terminal shows for a failure: the sentence of an error that was meant for readers, the stack of any other,
 * because that is our mistake and has to be reported.
 */
export function failureText(error: unknown): string {
  if (CoppiceError.is(error) || error instanceof ToolchainError) return `coppice: ${error.message}`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `coppice: this is a mistake in coppice, please report it with these lines:\n${stack}`;
}

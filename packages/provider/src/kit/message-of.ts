import { CoppiceError } from "@coppice/core";

/** The sentence for a user. */
export function messageOf(error: unknown): string {
  if (CoppiceError.is(error)) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  return `Unexpected error in the provider coppice: ${text}. This is a bug; \`pulumi up --debug\` shows more`;
}

import { type Mistake, mistakeSentence, withCode } from "@coppice/core";
import { Metadata, type ServiceError, status } from "@grpc/grpc-js";

/** An error for the user as it stands; the engine puts type and name of the component in front. */
export function refusal(details: string): ServiceError {
  const metadata = new Metadata();
  return Object.assign(new Error(details), { code: status.INVALID_ARGUMENT, details, metadata });
}

/**
 * All mistakes of a component at once. As text and not as the protocol's `InputPropertiesError`, beside whose entries
 * the engine prints the values, passwords too (`errorToMessage` in resource/deploy/source_eval.go).
 */
export function mistakesRefusal(mistakes: readonly Mistake[]): ServiceError {
  const sentences = mistakes.map(mistakeSentence);
  const [only = "", ...others] = sentences;
  const text = others.length === 0 ? only : [`${mistakes.length} mistakes:`, ...sentences].join("\n      ");
  return refusal(withCode(text, "arguments.wrong"));
}

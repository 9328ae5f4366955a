import { type Described, findKindMistakes, type Kind, mistakeSentence } from "@coppice/core";
import { Output } from "@pulumi/pulumi";
import { refusal } from "./refusal.ts";

/**
 * Refuses inputs that a kind does not describe so: all mistakes at once, each with its place and the way out. As text
 * and not as the protocol's `InputPropertiesError`, beside whose entries the engine prints the values, passwords too
 * (`errorToMessage` in resource/deploy/source_eval.go).
 */
export function assertDescribed(kind: Kind, described: Described): void {
  const mistakes = findKindMistakes(kind, described, (value) => Output.isInstance(value));
  const [first, ...others] = mistakes.map(mistakeSentence);
  if (first === undefined) return;
  if (others.length === 0) throw refusal(first);
  throw refusal([`${mistakes.length} mistakes:`, first, ...others].join("\n      "));
}

import { type Mistake, mistakeSentence, withCode } from "@coppice/core";

/** Why an input is refused, as both doors tell the engine. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/**
 * Mistakes as the engine is told of them. None names its property: the engine would look that up among the inputs and
 * print it as Go does, `property vmids value {map[from:{300} to:{200}]} has a problem`, a secret too. The sentence
 * itself begins with the field.
 */
export function checkFailures(mistakes: readonly Mistake[]): CheckFailure[] {
  return mistakes.map((mistake) => ({
    property: "",
    reason: withCode(mistakeSentence(mistake), mistake.code ?? "arguments.wrong"),
  }));
}

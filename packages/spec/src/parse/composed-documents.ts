import { Composer, type Document, Lexer, Parser } from "yaml";
import { FloodGate } from "./flood-gate.ts";
import { parseOptions } from "./parse-options.ts";
import { syntaxMessage } from "./syntax-message.ts";

/** Where a text was read no further, and why. */
export interface Stopped {
  readonly offset: number;
  readonly message: string;
}

/** A text's documents as far as they are read: to its end, or to where somebody stops. */
export function* composedDocuments(text: string): Generator<Document.Parsed, Stopped | undefined> {
  const parser = new Parser();
  const composer = new Composer(parseOptions);
  const gate = new FloodGate();
  for (const lexeme of new Lexer().lex(text)) {
    const message = gate.refusal(lexeme);
    if (message !== undefined) return { offset: parser.offset, message };
    for (const token of parser.next(lexeme)) {
      // What can belong to no document; a second one says no more.
      if (token.type === "error")
        return { offset: token.offset, message: syntaxMessage(undefined, token.message) };
      yield* composer.next(token);
    }
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end();
  return undefined;
}

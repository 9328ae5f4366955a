import { documentLimits } from "../document/limits.ts";

const { depth: DEEPEST, lexemes: MOST, phrase: LONGEST_PHRASE } = documentLimits;

/** Announces a text, which the next lexeme is (yaml's `cst.SCALAR`). */
const SCALAR = "\u001f";

/**
 * Stops what only somebody writes who wants to keep a parser busy, before the parser sees it. Without that a megabyte
 * of `[` or `&a` takes it ten seconds and a gigabyte.
 */
export class FloodGate {
  #isText = false;
  #lexemes = 0;
  #depth = 0;
  /** Lexemes since the last line break or, within brackets, since the last comma. */
  #phrase = 0;

  /** Why a lexeme must not go on; nothing where it may. */
  refusal(lexeme: string): string | undefined {
    this.#lexemes += 1;
    this.#phrase += 1;
    if (this.#isText) this.#isText = false;
    else this.#look(lexeme);
    if (this.#depth > DEEPEST)
      return `More than ${DEEPEST} brackets lie inside each other here; write it flatter`;
    if (this.#phrase > LONGEST_PHRASE) return "Too many signs follow each other here; write it simpler";
    return this.#lexemes > MOST
      ? "The file has too many words and signs; put its documents into several files"
      : undefined;
  }

  #look(lexeme: string): void {
    if (lexeme === SCALAR) this.#isText = true;
    else if (lexeme === "[" || lexeme === "{") this.#depth += 1;
    else if (lexeme === "]" || lexeme === "}") this.#depth = Math.max(0, this.#depth - 1);
    if (this.#depth === 0 ? /[\n\r]/.test(lexeme) : lexeme === ",") this.#phrase = 0;
  }
}

import type { Document, YAMLError } from "yaml";
import type { DocumentMistake, Source } from "../document/documents.ts";
import { documentLimits } from "../document/limits.ts";
import { composedDocuments } from "./composed-documents.ts";
import { Lines } from "./lines.ts";
import { NoValue } from "./no-value.ts";
import { offsetOf } from "./offset-of.ts";
import { plainValue } from "./plain-value.ts";
import type { RawDocument, RawDocuments } from "./raw-document.ts";
import { syntaxMessage } from "./syntax-message.ts";
import { findUnreadableText } from "./unreadable-text.ts";

/** One mistake in writing drags others behind it; more than these of one document help nobody. */
const MOST_SYNTAX_MISTAKES = 10;

/** Reads the documents in a text, each with its places, without asking what they mean. */
export function parseSource({ file, text }: Source): RawDocuments {
  const unreadable = findUnreadableText(text);
  if (unreadable === undefined) return new Parsing(file, text).run();
  const { offset, message } = unreadable;
  const place = new Lines(text.slice(0, offset + 1)).placeAt(offset);
  return { documents: [], mistakes: [{ file, ...place, path: [], message }] };
}

class Parsing {
  readonly #file: string;
  readonly #text: string;
  readonly #lines: Lines;
  readonly #documents: RawDocument[] = [];
  readonly #mistakes: DocumentMistake[] = [];

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    this.#lines = new Lines(text);
  }

  run(): RawDocuments {
    const { stackTraceLimit } = Error;
    // The parser makes an error of each mistake; to write down for hundreds of thousands where in itself takes seconds.
    Error.stackTraceLimit = 0;
    try {
      this.#takeAll();
    } catch (error) {
      // What lies too deep inside of each other ends the parser's own stack.
      if (!(error instanceof RangeError)) throw error;
      this.#note(0, syntaxMessage("RESOURCE_EXHAUSTION", error.message));
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    return { documents: this.#documents, mistakes: this.#mistakes };
  }

  #takeAll(): void {
    const all = composedDocuments(this.#text);
    let next = all.next();
    while (next.done !== true && !this.#isEnough()) {
      this.#take(next.value);
      next = all.next();
    }
    if (next.done === true && next.value !== undefined) this.#note(next.value.offset, next.value.message);
  }

  /** What follows is looked at when these are corrected. */
  #isEnough(): boolean {
    const isFull = this.#documents.length > documentLimits.documents;
    return isFull || this.#mistakes.length >= documentLimits.mistakes;
  }

  /** A document with mistakes in its writing means nothing. */
  #take({ errors, warnings, contents }: Document.Parsed): void {
    const all: readonly YAMLError[] = [...errors, ...warnings];
    for (const { code, message, pos } of all.slice(0, MOST_SYNTAX_MISTAKES))
      this.#note(pos[0], syntaxMessage(code, message));
    if (contents === null || all.length > 0) return;
    try {
      this.#keep(contents);
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
      this.#note(error.node.range?.[0] ?? 0, error.message);
    }
  }

  #keep(contents: NonNullable<Document.Parsed["contents"]>): void {
    const { value, repeated } = plainValue(contents);
    for (const node of repeated)
      this.#note(node.range?.[0] ?? 0, "This field is given twice; keep one of them");
    if (value === undefined || value === null) return;
    this.#documents.push({
      file: this.#file,
      value,
      isAmbiguous: repeated.length > 0,
      start: this.#lines.placeAt(contents.range[0]),
      placeOf: (path, part) => this.#lines.placeAt(offsetOf(contents, path, part)),
    });
  }

  #note(offset: number, message: string): void {
    this.#mistakes.push({ file: this.#file, ...this.#lines.placeAt(offset), path: [], message });
  }
}

import { styleText } from "node:util";
import { type Progress, progressText } from "@coppice/core";
import { wrapped } from "./wrapped.ts";

const REWRITE_LINE = "\r\u001b[2K";
const BAR = 25;
/** What every terminal has. */
const WIDTH = 80;
/** Beside what the engine says. */
const MARGIN = "│ ";
/** In a log, progress gets a line this often. */
const LOG_EVERY_MS = 1000;

/** Where progress is shown: a terminal, in which progress rewrites a line, or a log, which gets plain lines. */
export class Screen {
  readonly #stream: NodeJS.WriteStream;
  #lastLogged = 0;
  #isOpen = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** One line, or an empty one. */
  line(text = ""): void {
    this.#clear();
    this.#stream.write(`${text}\n`);
  }

  /** The heading of a step. */
  heading(text: string): void {
    this.line();
    this.line(this.style("bold", text));
  }

  /** What was typed, or could be: a line, or several that go on. */
  command(text: string): void {
    for (const line of `$ ${text}`.split("\n")) this.line(`  ${this.style("cyan", line)}`);
  }

  /** Something that went well. */
  done(text: string): void {
    this.line(`  ${this.style("green", this.#stream.isTTY ? "✔" : "ok")} ${text}`);
  }

  /** Lines of a program or a table. */
  block(lines: readonly string[], mark = ""): void {
    for (const line of lines) this.line(`    ${mark}${line}`.trimEnd());
  }

  /** What the engine says, in lines that fit. */
  engine(lines: readonly string[]): void {
    const fitting = lines.flatMap((line) => wrapped(line, WIDTH - MARGIN.length));
    for (const line of fitting) this.line(`${MARGIN}${line}`.trimEnd());
  }

  /** How far a step is: each item as it is done, and the first ones as they begin. */
  progress(progress: Progress): void {
    const { phase, share } = progress;
    if (phase === "begun" && share !== undefined && share.done > 0) return;
    if (this.#stream.isTTY) {
      // A line that wraps cannot be rewritten.
      const text = `  ${share ? bar(share) : ""}${progressText(progress)}`.slice(
        0,
        this.#stream.columns || WIDTH,
      );
      this.#stream.write(`${REWRITE_LINE}${text}`);
      this.#isOpen = true;
    } else if (Date.now() - this.#lastLogged >= LOG_EVERY_MS) {
      this.#lastLogged = Date.now();
      this.line(`  ${progressText(progress)}`);
    }
  }

  /** Leaves no line of progress behind. */
  end(): void {
    this.#clear();
  }

  /** Colours only where they are seen. */
  style(format: Parameters<typeof styleText>[0], text: string): string {
    return styleText(format, text, { stream: this.#stream });
  }

  #clear(): void {
    if (this.#isOpen) this.#stream.write(REWRITE_LINE);
    this.#isOpen = false;
  }
}

function bar({ done, all }: NonNullable<Progress["share"]>): string {
  const filled = Math.round((done / all) * BAR);
  return `${"█".repeat(filled)}${"░".repeat(BAR - filled)}  `;
}

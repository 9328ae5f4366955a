import { createInterface, type Interface } from "node:readline/promises";
import { Writable } from "node:stream";
import { InterruptedError } from "./interrupted-error.ts";
import type { Questions } from "./questions.ts";

/** Asks a person at a terminal, or a stream that stands for one. */
export class TerminalQuestions implements Questions {
  readonly #lines: Interface;
  readonly #output: NodeJS.WritableStream;
  readonly #ended = new AbortController();
  #isMuted = false;
  #isAsking = false;

  constructor(input: NodeJS.ReadableStream, output: NodeJS.WritableStream & { readonly isTTY?: boolean }) {
    this.#output = output;
    const shown = new Writable({ write: (text: Uint8Array, _, done) => this.#show(text, done) });
    // Without a history: an arrow key would show a secret that was typed before.
    this.#lines = createInterface({ input, output: shown, terminal: output.isTTY === true, historySize: 0 });
    // Ctrl-C and Ctrl-D close the interface, which answers no question then.
    this.#lines.once("close", () => this.#ended.abort());
    this.#lines.once("SIGINT", () => this.#interrupted());
  }

  async ask(question: string, usual = ""): Promise<string> {
    const shown = usual === "" ? question : `${question} [${usual}]`;
    return (await this.#line(`${shown}: `)) || usual;
  }

  async askSecret(question: string): Promise<string> {
    this.#output.write(`${question}: `);
    this.#isMuted = true;
    try {
      return await this.#line("");
    } finally {
      this.#isMuted = false;
      this.#output.write("\n");
    }
  }

  async confirm(question: string): Promise<boolean> {
    return /^y(es)?$/i.test(await this.#line(`${question} [y/N]: `));
  }

  tell(lines: readonly string[]): void {
    this.#output.write(`${lines.join("\n")}\n`);
  }

  /** Gives the terminal back. */
  close(): void {
    this.#lines.close();
  }

  /** While nothing is asked, Ctrl-C is for whoever works: a terminal that is read makes no signal of it. */
  #interrupted(): void {
    const isAsking = this.#isAsking;
    this.#lines.close();
    if (!isAsking) process.kill(process.pid, "SIGINT");
  }

  async #line(question: string): Promise<string> {
    this.#isAsking = true;
    try {
      return (await this.#lines.question(question, { signal: this.#ended.signal })).trim();
    } catch (error) {
      throw this.#ended.signal.aborted ? new InterruptedError() : error;
    } finally {
      this.#isAsking = false;
    }
  }

  #show(text: Uint8Array, done: () => void): void {
    if (!this.#isMuted) this.#output.write(text);
    done();
  }
}

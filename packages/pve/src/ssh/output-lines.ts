/**
 * Reads what {@link commandFor} makes a script write: its own lines, between the two that begin with the mark. Lines
 * are handed on as they come.
 */
export class OutputLines {
  /** The process group that a kill must reach, as soon as it is known. */
  readonly group: Promise<number>;
  readonly #tellGroup: (group: number) => void;
  readonly #mark: string;
  readonly #onLine: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #rest = "";
  #bytes = 0;
  #count = 0;
  #hasBegun = false;
  #holdsBlank = false;
  #code: number | undefined;

  constructor(mark: string, onLine: (line: string) => void) {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.group = promise;
    this.#tellGroup = resolve;
    this.#mark = mark;
    this.#onLine = onLine;
  }

  /** How many bytes have come, noise included. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many lines of the script have come. */
  get count(): number {
    return this.#count;
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** The script's own exit code; undefined as long as its last line has not come. */
  get code(): number | undefined {
    return this.#code;
  }

  /** Takes the next bytes of standard output. */
  push(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    const text = this.#decoder.decode(bytes, { stream: true });
    const end = text.lastIndexOf("\n");
    // A line without its end may still be cut short; it counts when the end has come.
    if (end === -1) this.#rest += text;
    else {
      const lines = (this.#rest + text.slice(0, end)).split("\n");
      this.#rest = text.slice(end + 1);
      for (const line of lines) this.#take(line);
    }
  }

  #take(line: string): void {
    const [mark, kind, number] = line.split("\t");
    if (mark === this.#mark) this.#takeMark(kind, Number(number));
    else if (this.#hasBegun && this.#code === undefined) this.#takeLine(line);
  }

  #takeMark(kind: string | undefined, number: number): void {
    // A script whose parent has ended belongs to process 1, and a kill of that group would end the whole node.
    if (kind === "begin" && number > 1) {
      this.#hasBegun = true;
      this.#tellGroup(number);
    }
    // A blank line that is still held is the end's own: it stands before the mark, for output without a last newline.
    if (kind === "end") this.#code = number;
  }

  #takeLine(line: string): void {
    if (this.#holdsBlank) this.#give("");
    this.#holdsBlank = line === "";
    if (!this.#holdsBlank) this.#give(line);
  }

  #give(line: string): void {
    this.#count += 1;
    this.#onLine(line);
  }
}

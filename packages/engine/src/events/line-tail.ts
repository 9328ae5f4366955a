import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { whenChanged } from "./when-changed.ts";

/**
 * Reads the lines that another process appends to a file, as they come. A line that was cut off is left out. The file may
 * begin anew, as the engine's event log does between a preview and what follows it.
 */
export class LineTail {
  readonly #file: number;
  readonly #unwatch: () => void;
  readonly #line: (line: string) => void;
  #decoder = new StringDecoder("utf8");
  readonly #buffer = Buffer.alloc(65_536);
  #rest = "";
  #position = 0;

  /** The file is made if it does not exist yet. */
  constructor(path: string, line: (line: string) => void) {
    this.#line = line;
    closeSync(openSync(path, "a"));
    this.#file = openSync(path, "r");
    this.#unwatch = whenChanged(path, () => this.#read());
  }

  /** Reads what is left and stops. */
  close(): void {
    this.#unwatch();
    this.#read();
    closeSync(this.#file);
  }

  #read(): void {
    if (fstatSync(this.#file).size < this.#position) this.#beginAnew();
    for (let size = this.#next(); size > 0; size = this.#next()) {
      this.#position += size;
      const lines = (this.#rest + this.#decoder.write(this.#buffer.subarray(0, size))).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines) this.#line(line);
    }
  }

  #next(): number {
    return readSync(this.#file, this.#buffer, 0, this.#buffer.length, this.#position);
  }

  #beginAnew(): void {
    this.#position = 0;
    this.#rest = "";
    this.#decoder = new StringDecoder("utf8");
  }
}

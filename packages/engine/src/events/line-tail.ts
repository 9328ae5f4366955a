import { closeSync, type FSWatcher, openSync, readSync, watch } from "node:fs";
import { StringDecoder } from "node:string_decoder";

/** Reads the lines that another process appends to a file, as they come. A line that was cut off is left out. */
export class LineTail {
  readonly #file: number;
  readonly #watcher: FSWatcher;
  readonly #line: (line: string) => void;
  readonly #decoder = new StringDecoder("utf8");
  readonly #buffer = Buffer.alloc(65_536);
  #rest = "";

  /** The file is made if it does not exist yet. */
  constructor(path: string, line: (line: string) => void) {
    this.#line = line;
    closeSync(openSync(path, "a"));
    this.#file = openSync(path, "r");
    this.#watcher = watch(path, () => this.#read());
  }

  /** Reads what is left and stops. */
  close(): void {
    this.#watcher.close();
    this.#read();
    closeSync(this.#file);
  }

  #read(): void {
    let size = readSync(this.#file, this.#buffer);
    for (; size > 0; size = readSync(this.#file, this.#buffer)) {
      const lines = (this.#rest + this.#decoder.write(this.#buffer.subarray(0, size))).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines) this.#line(line);
    }
  }
}

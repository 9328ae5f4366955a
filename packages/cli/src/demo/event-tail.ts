import { closeSync, type FSWatcher, openSync, readSync, watch } from "node:fs";

/** Reads the lines that another process appends to a file, as they come. */
export class EventTail {
  readonly #file: number;
  readonly #watcher: FSWatcher;
  readonly #line: (line: string) => void;
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
    const buffer = Buffer.alloc(65_536);
    for (let size = readSync(this.#file, buffer); size > 0; size = readSync(this.#file, buffer)) {
      const lines = (this.#rest + buffer.toString("utf8", 0, size)).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines) this.#line(line);
    }
  }
}

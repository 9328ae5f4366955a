/** How one item of a batch went. */
export interface ItemResult {
  readonly key: string;
  readonly ok: boolean;
  /** The last line that the item printed. */
  readonly detail: string;
}

/** What a script's lines say, as far as they have come. */
export interface ScriptProgress {
  /** Whether the setup went through. */
  started: boolean;
  finished: boolean;
  /** By the item's index. */
  readonly results: Map<number, { readonly ok: boolean; readonly detail: string }>;
}

/**
 * Reads the lines that a batch script prints: `<mark> TAB <kind> TAB <fields>`. The mark is made up
 * for each run, so neither a node's .bashrc nor an item's own output can pass for a result.
 */
export class ResultLines {
  readonly progress: ScriptProgress = { started: false, finished: false, results: new Map() };
  /** The process group that a kill must reach, as soon as the script has told it. */
  readonly group: Promise<number>;
  readonly #tellGroup: (group: number) => void;
  readonly #mark: string;
  readonly #items: number;
  readonly #onResult: ((index: number) => void) | undefined;
  readonly #decoder = new TextDecoder();
  #rest = "";

  constructor(mark: string, items: number, onResult?: (index: number) => void) {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.group = promise;
    this.#tellGroup = resolve;
    this.#mark = mark;
    this.#items = items;
    this.#onResult = onResult;
  }

  /** Takes the next bytes of standard output. */
  push(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split("\n");
    // A line without its end may still be cut short; it counts when the end has come.
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#take(line);
  }

  #take(line: string): void {
    const [mark, kind, field = "", ...detail] = line.split("\t");
    if (mark !== this.#mark) return;
    if (kind === "group" && /^[1-9]\d{0,9}$/.test(field)) this.#tellGroup(Number(field));
    if (kind === "started") this.progress.started = true;
    if (kind === "finished") this.progress.finished = true;
    if (kind === "ok" || kind === "fail") this.#takeResult(kind === "ok", Number(field), detail.join("\t"));
  }

  #takeResult(ok: boolean, index: number, detail: string): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.#items) return;
    this.progress.results.set(index, { ok, detail });
    this.#onResult?.(index);
  }
}

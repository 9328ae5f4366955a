import type { ChildProcess } from "node:child_process";

const OUT_OF_MEMORY = /heap out of memory|heap limit/i;

/**
 * Hears from a process's standard error whether its memory gave out, and ends it then. Node would abort by itself, but asks for
 * its options before, under a lock (`OOMErrorHandler` of its `src/node_errors.cc`): where memory gave out while the options were
 * being read, it waits for itself for ever.
 */
export class MemoryWatch {
  #isOut = false;
  #said = "";

  constructor(child: ChildProcess) {
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      const said = this.#said + text;
      this.#said = said.slice(-100);
      if (this.#isOut || !OUT_OF_MEMORY.test(said)) return;
      this.#isOut = true;
      child.kill("SIGKILL");
    });
  }

  /** Whether it gave out. */
  get isOut(): boolean {
    return this.#isOut;
  }
}

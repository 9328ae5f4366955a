import { CoppiceError } from "@coppice/core";
import { parseNodeLine } from "./node-program.ts";

/** What became of one order. */
export interface NodeAnswer {
  /** `taken`: somebody else has what it was to make. `left`: it is left to Proxmox's own way. */
  readonly word: "ok" | "taken" | "left" | "fail";
  /** The key that the order carried. */
  readonly key: string;
  readonly detail: string;
  /** Why it was not carried out, where the word is `fail`. */
  readonly error?: CoppiceError;
}

/** What one program on a node has said, as far as it has come. */
export class Transcript {
  readonly answers = new Map<string, NodeAnswer>();
  /** Which boot of the node the program ran in. */
  boot: string | undefined;
  /** Why it could not go on. */
  stop: string | undefined;
  /** All orders were answered, and what they made has reached the disk. */
  isWhole = false;
  readonly #node: string;

  constructor(node: string) {
    this.#node = node;
  }

  /** Takes the next line; answers what it says about an order. */
  take(line: string): NodeAnswer | undefined {
    const said = parseNodeLine(line);
    if (said?.word === "begin") this.boot = said.boot;
    if (said?.word === "stop") this.stop = said.why;
    if (said?.word === "end") this.isWhole = true;
    if (said === undefined || !("key" in said)) return undefined;
    const answer = said.word === "fail" ? { ...said, error: this.#refusal(said.detail) } : said;
    this.answers.set(answer.key, answer);
    return answer;
  }

  #refusal(why: string): CoppiceError {
    const what = `Node '${this.#node}' did not do its part`;
    if (!FULL.test(why)) return new CoppiceError("pool.node-program", { what, why });
    const wayOut = "Make room on the storage, then run the operation again: it makes what is missing";
    return new CoppiceError("pool.space", { what, why, wayOut });
  }
}

/** What the kernel says of ENOSPC and EDQUOT. */
const FULL = /No space left on device|Disk quota exceeded/;

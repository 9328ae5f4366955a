import type { IncomingMessage } from "node:http";
import { NoAnswer } from "./no-answer.ts";

/** What pveproxy keeps of a connection at most (pve-http-server, AnyEvent.pm: rbuf_max). */
const bufferLimit = 512 * 1024 + 8 * 1024;

/** Reads a request's body piece by piece, looking for marks, without ever holding a whole file. */
export class BodyReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(request: IncomingMessage) {
    // as: a request without an encoding set yields buffers.
    this.#chunks = request[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Everything before the mark, which is dropped; undefined when the body ends without one. */
  async until(mark: Buffer): Promise<Buffer | undefined> {
    let from = 0;
    for (;;) {
      const at = this.#buffer.indexOf(mark, from);
      if (at >= 0) return this.#take(at, mark.length);
      if (this.#buffer.length > bufferLimit) throw new NoAnswer("nothing was found in what is kept");
      // What was looked at is not looked at again.
      from = Math.max(0, this.#buffer.length - mark.length);
      if (!(await this.#more())) return undefined;
    }
  }

  /** Hands everything before the mark to `take`, without the line end there; false when the body ends without one. */
  async pour(mark: Buffer, take: (piece: Buffer) => Promise<void>): Promise<boolean> {
    for (;;) {
      const at = this.#buffer.indexOf(mark);
      if (at >= 0) {
        await take(withoutLineEnd(this.#take(at, mark.length)));
        return true;
      }
      // A line end may still belong to the mark.
      const safe = this.#buffer.length - mark.length - 2;
      if (safe > 0) await take(this.#take(safe, 0));
      if (!(await this.#more())) return false;
    }
  }

  #take(length: number, dropped: number): Buffer {
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length + dropped);
    return taken;
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#buffer = this.#buffer.length === 0 ? next.value : Buffer.concat([this.#buffer, next.value]);
    return true;
  }
}

function withoutLineEnd(piece: Buffer): Buffer {
  const end = piece.subarray(-2).toString("latin1");
  return piece.subarray(0, piece.length - (end === "\r\n" ? 2 : end.endsWith("\n") ? 1 : 0));
}

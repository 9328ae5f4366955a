import { once } from "node:events";
import { createWriteStream, mkdirSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { Upload } from "../api/call.ts";
import { PveError } from "../kernel/pve-error.ts";

/** The fields of a multipart body and its one file. */
export interface Multipart {
  readonly fields: Map<string, unknown>;
  readonly upload: Upload | undefined;
}

interface PartHead {
  readonly name: string;
  readonly filename: string | undefined;
}

const headLimit = 8192;
let uploads = 0;

export function boundaryOf(contentType: string): string | undefined {
  const match = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

function parseHead(text: string): PartHead {
  const line = /^content-disposition:(.*)$/im.exec(text)?.[1] ?? "";
  return { name: /\bname="([^"]*)"/.exec(line)?.[1] ?? "", filename: /\bfilename="([^"]*)"/.exec(line)?.[1] };
}

/** Reads a body piece by piece, looking for marks, without ever holding a whole file. */
class Reader {
  readonly #chunks: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(request: IncomingMessage) {
    // as: a request without an encoding set yields buffers.
    this.#chunks = request[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done) return false;
    this.#buffer = this.#buffer.length === 0 ? next.value : Buffer.concat([this.#buffer, next.value]);
    return true;
  }

  /** Hands everything before the mark to `take`, and drops the mark. */
  async until(mark: Buffer, take: (piece: Buffer) => Promise<void> | void): Promise<void> {
    for (;;) {
      const at = this.#buffer.indexOf(mark);
      if (at >= 0) {
        await take(this.#buffer.subarray(0, at));
        this.#buffer = this.#buffer.subarray(at + mark.length);
        return;
      }
      const safe = Math.max(0, this.#buffer.length - mark.length);
      if (safe > 0) await take(this.#buffer.subarray(0, safe));
      this.#buffer = this.#buffer.subarray(safe);
      if (!(await this.#more())) throw new PveError(400, "upload ended before its last boundary");
    }
  }

  /** Everything before the mark, when it is short. */
  async text(mark: Buffer, limit: number): Promise<string> {
    const pieces: Buffer[] = [];
    let size = 0;
    await this.until(mark, (piece) => {
      size += piece.length;
      if (size > limit) throw new PveError(400, "upload part too large");
      pieces.push(Buffer.from(piece));
    });
    return Buffer.concat(pieces).toString("utf8");
  }

  /** The next two bytes. */
  async pair(): Promise<string> {
    while (this.#buffer.length < 2 && (await this.#more()));
    const pair = this.#buffer.toString("latin1", 0, 2);
    this.#buffer = this.#buffer.subarray(2);
    return pair;
  }
}

async function storeFile(reader: Reader, mark: Buffer, folder: string, filename: string): Promise<Upload> {
  mkdirSync(folder, { recursive: true });
  uploads += 1;
  const path = join(folder, `pveupload-${process.pid}-${uploads}`);
  const file = createWriteStream(path, { mode: 0o600 });
  let size = 0;
  try {
    await reader.until(mark, async (piece) => {
      size += piece.length;
      if (!file.write(Buffer.from(piece))) await once(file, "drain");
    });
    file.end();
    await finished(file);
  } catch (error) {
    file.destroy();
    rmSync(path, { force: true });
    throw error;
  }
  return { path, filename, size };
}

/** Reads a multipart body: fields into memory, its file into `folder`. */
export async function readMultipart(
  request: IncomingMessage,
  boundary: string,
  folder: string,
): Promise<Multipart> {
  const reader = new Reader(request);
  const fields = new Map<string, unknown>();
  let upload: Upload | undefined;
  const mark = Buffer.from(`\r\n--${boundary}`);
  await reader.text(mark.subarray(2), headLimit);
  while ((await reader.pair()) === "\r\n") {
    const head = parseHead(await reader.text(Buffer.from("\r\n\r\n"), headLimit));
    if (head.filename === undefined || upload !== undefined)
      fields.set(head.name, await reader.text(mark, 512 * 1024));
    else upload = await storeFile(reader, mark, folder, head.filename);
  }
  request.resume();
  return { fields, upload };
}

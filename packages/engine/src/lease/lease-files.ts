import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CoppiceError, fileReason } from "@coppice/core";
import { orUndefined } from "../files/or-undefined.ts";
import { type LeaseRecord, parseLease } from "./lease-record.ts";

/** The newest lease of a stack. */
export interface NewestLease {
  /** Its number. */
  readonly fence: number;
  readonly text: string;
  /** Undefined where its file does not say what it should. */
  readonly record: LeaseRecord | undefined;
}

/** Nothing was claimed yet. */
const none: NewestLease = { fence: 0, text: "", record: undefined };

/**
 * The leases of a stack, a file each, named by a number that rises: whoever makes the next file first has the lease, which
 * every file system decides (O_EXCL). Only its maker writes a file again, and the newest one is never removed.
 */
export class LeaseFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The lease that counts. */
  async newest(): Promise<NewestLease> {
    return await this.#orRefuse(this.#newest());
  }

  async #newest(): Promise<NewestLease> {
    const fence = Math.max(0, ...(await this.#fences()));
    if (fence === 0) return none;
    const text = await readFile(this.#file(fence), "utf8").catch(orUndefined);
    // One that is gone was followed by another.
    return text === undefined ? await this.#newest() : { fence, text, record: parseLease(text) };
  }

  /** Makes the lease of that number, unless somebody else has it, or one behind it. */
  async claim(fence: number, record: LeaseRecord): Promise<boolean> {
    await this.#orRefuse(mkdir(this.#folder, { recursive: true }));
    if (!(await this.#orRefuse(this.#make(fence, record)))) return false;
    // Whoever looked long ago may find a number free that was used and cleared away since.
    const isNewest = Math.max(...(await this.#fences())) === fence;
    if (isNewest) await this.#clear(fence);
    else await rm(this.#file(fence), { force: true });
    return isNewest;
  }

  /** Writes one's own lease again. False when another one follows it. */
  async write(fence: number, record: LeaseRecord): Promise<boolean> {
    if (Math.max(0, ...(await this.#fences())) !== fence) return false;
    const draft = join(this.#folder, `${fence}.${record.id}.draft`);
    await writeFile(draft, JSON.stringify(record));
    await rename(draft, this.#file(fence));
    return true;
  }

  async #make(fence: number, record: LeaseRecord): Promise<boolean> {
    const file = this.#file(fence);
    const handle = await open(file, "wx").catch(unlessThere);
    if (handle === undefined) return false;
    try {
      await handle.writeFile(JSON.stringify(record));
    } catch (error) {
      // It is there, and there was no room for what it says.
      await rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  }

  /** Removes what stands before a lease, and drafts of holders that died. */
  async #clear(fence: number): Promise<void> {
    const current = `${fence}.json`;
    for (const name of await readdir(this.#folder)) {
      if (name !== current && Number.parseInt(name, 10) < fence) {
        await rm(join(this.#folder, name), { force: true });
      }
    }
  }

  async #fences(): Promise<number[]> {
    const names = await readdir(this.#folder).catch(orUndefined);
    return (names ?? []).flatMap((name) => (/^\d+\.json$/.test(name) ? [Number.parseInt(name, 10)] : []));
  }

  #file(fence: number): string {
    return join(this.#folder, `${fence}.json`);
  }

  async #orRefuse<T>(work: Promise<T>): Promise<T> {
    return await work.catch((cause: unknown) => {
      throw new CoppiceError("stack.lease", {
        what: `The lease in ${this.#folder} cannot be used`,
        why: fileReason(cause),
        wayOut: "Make the folder one that you may write and that has room",
        cause,
      });
    });
  }
}

function unlessThere(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "EEXIST") throw error;
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Database, openDatabase } from "@coppice/database";

/** A home whose embedded PostgreSQL is measured. */
export class BenchHome {
  readonly #home: string;
  /** Of a server that was made, what it left: root's lies outside the home. */
  #folder: string | undefined;

  private constructor(home: string) {
    this.#home = home;
  }

  static async make(): Promise<BenchHome> {
    return new BenchHome(await mkdtemp(join(tmpdir(), "coppice-bench-db-")));
  }

  async open(): Promise<Database> {
    const database = await openDatabase({ home: this.#home, signal: new AbortController().signal });
    this.#folder = resolve(database.where, "../..");
    return database;
  }

  /** Opens and closes it; the milliseconds until it was open. */
  async start(): Promise<number> {
    const began = performance.now();
    const database = await this.open();
    const took = performance.now() - began;
    await database.close();
    return took;
  }

  async remove(): Promise<void> {
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
    await rm(this.#home, { recursive: true, force: true });
  }
}

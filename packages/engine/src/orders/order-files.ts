import { mkdir, readdir, readFile, rename, rm, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CoppiceError, fileReason } from "@coppice/core";
import { orUndefined } from "../files/or-undefined.ts";
import { leaseTimes } from "../lease/lease-times.ts";
import { isGone } from "../process/process-birth.ts";
import { parseOrder, parseOutcome, type WaitingOrder } from "./waiting-order.ts";

/** An order that somebody waits for, and nobody has answered. */
export interface OpenOrder<Order> {
  readonly id: string;
  readonly order: Order;
  /** When it came, by the clock of the file system. */
  readonly at: number;
}

/** What is seen of an order's files. */
interface Seen<Order> {
  readonly id: string;
  readonly at: number;
  /** Undefined while it is being written. */
  readonly waiting: WaitingOrder<Order> | undefined;
  /** The last sign of life of whoever waits, by the clock of the file system. */
  readonly alive: number;
  readonly isAnswered: boolean;
}

/**
 * The orders of a stack. An order is a file that is written once; beside it lie a file that is written again and again for
 * as long as somebody waits, and its outcome. Texts are read as being written until they are whole. Orders hold references
 * to secrets, never secrets.
 */
export class OrderFiles<Order, Outcome> {
  readonly #folder: string;
  readonly #computer: string;

  /** @param computer where this process runs, see `Computer` */
  constructor(folder: string, computer: string) {
    this.#folder = folder;
    this.#computer = computer;
  }

  /** Puts an order where the next holder of the stack finds it. */
  async put(id: string, waiting: WaitingOrder<Order>): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(this.#file(id, "json"), JSON.stringify(waiting), { flag: "wx" });
    } catch (cause) {
      await this.remove(id).catch(() => undefined);
      throw new CoppiceError("stack.lease", {
        what: `The order in ${this.#folder} cannot be written`,
        why: fileReason(cause),
        wayOut: "Make the folder one that you may write and that has room",
        cause,
      });
    }
  }

  /** Says that somebody still waits for it. */
  async renew(id: string): Promise<void> {
    await writeFile(this.#file(id, "alive"), "");
  }

  /** What became of an order. */
  async outcome(id: string): Promise<{ readonly outcome: Outcome } | undefined> {
    return parseOutcome<Outcome>((await readFile(this.#file(id, "done"), "utf8").catch(orUndefined)) ?? "");
  }

  /** Tells whoever waits for an order what became of it. */
  async answer(id: string, outcome: Outcome): Promise<void> {
    await writeFile(this.#file(id, "done"), JSON.stringify({ outcome }));
  }

  /** Takes an order up to carry it out. False where it was called off meanwhile. */
  async take(id: string): Promise<boolean> {
    const taken = this.#file(id, "taken");
    // One that was in the hand of somebody who died has that name already.
    const renamed = await isDone(rename(this.#file(id, "json"), taken));
    return renamed || (await isDone(rename(taken, taken)));
  }

  /** Calls an order off. False where somebody has taken it up: he may carry it out all the same. */
  async callOff(id: string): Promise<boolean> {
    return await isDone(unlink(this.#file(id, "json")));
  }

  /** Takes an order away, with all that belongs to it. */
  async remove(id: string): Promise<void> {
    // The order first: what is left of it without is nobody's.
    for (const kind of ["json", "taken", "alive", "done"] as const) {
      await rm(this.#file(id, kind), { force: true });
    }
  }

  /**
   * The orders of others that somebody waits for, in the order in which they came. Those of processes that died are taken
   * away: what nobody waits for is not done any more. Called by the holder of the stack, who has given an order too.
   */
  async others(own: string): Promise<OpenOrder<Order>[]> {
    await this.renew(own);
    const { mtimeMs: now } = await stat(this.#file(own, "alive"));
    const names = await readdir(this.#folder);
    const ids = new Set(names.map((name) => name.slice(0, name.lastIndexOf("."))));
    ids.delete(own);
    const found: OpenOrder<Order>[] = [];
    for (const id of ids) {
      const seen = await this.#look(id);
      if (seen === undefined || !this.#isAwaited(seen, now)) await this.remove(id);
      else if (!seen.isAnswered && seen.waiting) found.push({ id, at: seen.at, order: seen.waiting.order });
    }
    return found.sort((a, b) => a.at - b.at);
  }

  async #look(id: string): Promise<Seen<Order> | undefined> {
    const [text, order, alive] = await Promise.all([
      this.#either(id, async (file) => await readFile(file, "utf8")),
      this.#either(id, async (file) => await stat(file)),
      stat(this.#file(id, "alive")).catch(orUndefined),
    ]);
    if (text === undefined || order === undefined) return undefined;
    const last = Math.max(order.mtimeMs, alive?.mtimeMs ?? 0);
    const isAnswered = (await this.outcome(id)) !== undefined;
    return { id, at: order.mtimeMs, alive: last, waiting: parseOrder<Order>(text), isAnswered };
  }

  /** Reads an order where it lies: as one that waits, or as one that was taken up. */
  async #either<T>(id: string, read: (file: string) => Promise<T>): Promise<T | undefined> {
    const waiting = await read(this.#file(id, "json")).catch(orUndefined);
    return waiting ?? (await read(this.#file(id, "taken")).catch(orUndefined));
  }

  /**
   * Of a process that cannot be looked at its file is the sign, by one clock for all: the file system's, which a file of
   * one's own tells.
   */
  #isAwaited({ waiting, alive }: Pick<Seen<Order>, "waiting" | "alive">, now: number): boolean {
    if (waiting?.computer === this.#computer) return !isGone(waiting.pid, waiting.birth);
    return now - alive < leaseTimes.lapse;
  }

  #file(id: string, kind: "json" | "taken" | "alive" | "done"): string {
    return join(this.#folder, `${id}.${kind}`);
  }
}

/** Whether a file was there for what was done with it. */
async function isDone(work: Promise<void>): Promise<boolean> {
  return await work.then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return false;
    },
  );
}

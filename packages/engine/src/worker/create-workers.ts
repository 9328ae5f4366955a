import type { Lease } from "../lease/lease.ts";
import { heldTalk } from "../operation/while-held.ts";
import type { RunOrder } from "../run/run-order.ts";
import { notBegun, type RunOutcome } from "../run/run-outcome.ts";
import type { RunTalk } from "../run/run-parts.ts";
import { Worker, type WorkerOptions } from "./worker.ts";

/** What a set of workers is made with. */
export interface WorkersOptions extends WorkerOptions {
  /** How many there are, and so how many runs at once. */
  readonly size: number;
}

/** Workers that wait for orders. */
export interface Workers {
  /** Resolves when all of them have everything loaded. */
  ready(): Promise<void>;
  /**
   * Gives an order to the next worker that is free: one that changes a stack under the stack's lease, which whoever orders has.
   * One that is called off before is not begun.
   */
  run(order: RunOrder, talk: RunTalk, lease: Lease | "changes nothing"): Promise<RunOutcome>;
  /** Process ids of the workers, in use or not. */
  pids(): readonly number[];
  /** Ends those that have nothing in hand, and the others when they are done. What waits for one is not begun any more. */
  close(): void;
}

/**
 * Starts workers. One in which something went wrong is replaced, so that no run finds what another left behind.
 *
 * @example
 * const workers = createWorkers({ size: 2, home, pulumi, environment: process.env });
 * const outcome = await holdStack(home, order, { who: "ada", signal }, (lease) => workers.run(order, { tell, signal }, lease));
 */
export function createWorkers({ size, ...options }: WorkersOptions): Workers {
  const all = new Set<Worker>();
  const free: Worker[] = [];
  const waiting = new Set<(worker: Worker | undefined) => void>();
  let isClosed = false;
  const give = (worker: Worker): void => {
    const [next] = waiting;
    if (next === undefined) return void free.push(worker);
    waiting.delete(next);
    next(worker);
  };
  const start = (): void => {
    const worker = new Worker(options);
    all.add(worker);
    give(worker);
  };
  const take = async (signal: AbortSignal): Promise<Worker | undefined> => {
    if (isClosed || signal.aborted) return undefined;
    const worker = free.shift();
    return worker ?? (await nextFree(waiting, signal));
  };
  const back = (worker: Worker): void => {
    if (worker.isWhole && !isClosed) return give(worker);
    all.delete(worker);
    worker.close();
    if (!isClosed) start();
  };
  for (let started = 0; started < size; started++) start();
  return {
    ready: async () => void (await Promise.all([...all].map((worker) => worker.ready))),
    run: async (order, talk, lease) => {
      const isHarmless = order.verb === "preview" || order.isTrial === true;
      if (lease === "changes nothing" && !isHarmless)
        throw new Error("an order that changes a stack is under its lease");
      const held = lease === "changes nothing" ? talk : heldTalk(talk, lease);
      let worker = await take(held.signal);
      // One that ended while it waited is no use to anybody.
      for (; worker?.isWhole === false; worker = await take(held.signal)) back(worker);
      if (worker === undefined) return notBegun;
      const taken = worker;
      return await taken.run(order, held).finally(() => back(taken));
    },
    pids: () => [...all].flatMap(({ pid }) => pid ?? []),
    close: () => {
      isClosed = true;
      for (const worker of free) worker.close();
      for (const end of waiting) end(undefined);
    },
  };
}

/** Waits for a worker that is given; undefined when the signal aborts before. */
async function nextFree(
  waiting: Set<(worker: Worker | undefined) => void>,
  signal: AbortSignal,
): Promise<Worker | undefined> {
  const { promise, resolve } = Promise.withResolvers<Worker | undefined>();
  const leave = (): void => {
    waiting.delete(resolve);
    resolve(undefined);
  };
  waiting.add(resolve);
  signal.addEventListener("abort", leave, { once: true });
  return await promise.finally(() => signal.removeEventListener("abort", leave));
}

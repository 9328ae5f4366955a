import type { Lease } from "../lease/lease.ts";
import { heldTalk } from "../operation/while-held.ts";
import type { RunOrder } from "../run/run-order.ts";
import type { RunOutcome } from "../run/run-outcome.ts";
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
  /** Gives an order to the next worker that is free: one that changes a stack under the stack's lease, which whoever orders has. */
  run(order: RunOrder, talk: RunTalk, lease: Lease | "changes nothing"): Promise<RunOutcome>;
  /** Process ids of the workers, in use or not. */
  pids(): readonly number[];
  /** Ends those that have nothing in hand, and the others when they are done. */
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
  const waiting: ((worker: Worker) => void)[] = [];
  let isClosed = false;
  const give = (worker: Worker): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(worker);
    else next(worker);
  };
  const start = (): void => {
    const worker = new Worker(options);
    all.add(worker);
    give(worker);
  };
  const take = async (): Promise<Worker> =>
    free.shift() ?? (await new Promise<Worker>((resolve) => waiting.push(resolve)));
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
      let worker = await take();
      // One that ended while it waited is no use to anybody.
      for (; !worker.isWhole; worker = await take()) back(worker);
      return await worker.run(order, held).finally(() => back(worker));
    },
    pids: () => [...all].flatMap(({ pid }) => pid ?? []),
    close: () => {
      isClosed = true;
      for (const worker of free) worker.close();
    },
  };
}

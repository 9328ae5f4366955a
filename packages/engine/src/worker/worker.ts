import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CoppiceError, systemClock } from "@coppice/core";
import type { Environment } from "../home/home-folder.ts";
import type { Home } from "../home/open-home.ts";
import { isLeaseLost } from "../lease/lease-lost.ts";
import { processBirth } from "../process/process-birth.ts";
import type { RunOrder } from "../run/run-order.ts";
import { notBegun, type RunOutcome } from "../run/run-outcome.ts";
import type { RunTalk } from "../run/run-parts.ts";
import { RunRecord } from "../run/run-record.ts";
import { MemoryWatch } from "./memory-watch.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { waitForProcess } from "./wait-for-process.ts";
import { workerEnvironment } from "./worker-environment.ts";

/** What workers are made with. */
export interface WorkerOptions {
  readonly home: Home;
  /** The engine's executable. */
  readonly pulumi: string;
  /** Only what a worker may see of it goes there. */
  readonly environment: Environment;
  /** How long a run may take, in milliseconds. @default an hour */
  readonly longest?: number;
  /** How long a run that was asked to stop may take until it is killed, in milliseconds. @default a minute */
  readonly patience?: number;
  /** How much memory its JavaScript may use, in MiB. @default 512 */
  readonly memory?: number;
}

/** A run of a worker that has not ended. */
interface Running {
  readonly talk: RunTalk;
  readonly record: RunRecord;
  /** The engine that the worker has started for it. */
  engine?: { readonly pid: number; readonly birth: string };
  end(outcome: RunOutcome): void;
}

const usual = { longest: 3_600_000, patience: 60_000, memory: 512 };

/** A worker mostly waits: with a small young generation it stays at two thirds of the memory, at no cost that was seen. */
const frugal = ["--max-semi-space-size=2", "--optimize-for-size"];

/** A process that carries out one order at a time, with everything loaded before one comes. */
export class Worker {
  /** Resolves when everything is loaded, or the process has ended. */
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;
  readonly #memory: MemoryWatch;
  readonly #longest: number;
  readonly #patience: number;
  #running: Running | undefined;
  #isWhole = true;

  constructor({ home, pulumi, environment, ...limits }: WorkerOptions) {
    const { longest, patience, memory } = { ...usual, ...limits };
    this.#longest = longest;
    this.#patience = patience;
    this.#child = fork(fileURLToPath(new URL("main.js", import.meta.url)), {
      env: workerEnvironment(environment),
      execArgv: [`--max-old-space-size=${memory}`, ...frugal],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      // A Ctrl-C at the terminal is for the parent, which says what is to be stopped.
      detached: true,
    });
    this.#memory = new MemoryWatch(this.#child);
    this.ready = this.#becomesReady();
    // A process that cannot be started only says this.
    this.#child.once("error", () => void this.#ended());
    this.#child.once("close", () => void this.#ended());
    this.#send({ kind: "begin", home, pulumi, patience });
  }

  /** Its process id. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether it may carry out another order: nothing went wrong in it so far. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** Carries out an order. Whatever goes wrong is in the outcome. */
  async run(order: RunOrder, talk: RunTalk): Promise<RunOutcome> {
    if (talk.signal.aborted) return notBegun;
    const { promise, resolve: end } = Promise.withResolvers<RunOutcome>();
    // The worker has taken out of its events what must not be told.
    const record = new RunRecord((text) => text);
    this.#running = { talk, record, end };
    const limits = this.#limits(record, talk.signal);
    const stop = (): void => limits.stop();
    talk.signal.addEventListener("abort", stop, { once: true });
    if (this.#isWhole) this.#send({ kind: "run", order });
    else await this.#ended();
    const outcome = await promise;
    limits.clear();
    talk.signal.removeEventListener("abort", stop);
    this.#isWhole &&= outcome.result === "succeeded";
    return outcome;
  }

  /** Ends the process, at once when it has nothing in hand. */
  close(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  /** A run that takes too long is asked to stop, and killed when it does not. */
  #limits(record: RunRecord, signal: AbortSignal): { stop(): void; clear(): void } {
    const timers: NodeJS.Timeout[] = [];
    const stop = (): void => {
      this.#send({ kind: "stop", isLeaseLost: isLeaseLost(signal.reason) });
      // Twice as long as the engine in it has.
      timers.push(setTimeout(() => this.#child.kill("SIGKILL"), 2 * this.#patience));
    };
    const late = (): void => {
      record.fail(tooLong(this.#longest));
      stop();
    };
    timers.push(setTimeout(late, this.#longest));
    return { stop, clear: () => timers.forEach(clearTimeout) };
  }

  async #becomesReady(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#child.on("message", (message: FromWorker) => {
      if (message.kind === "ready") resolve();
      else this.#take(message);
    });
    for (const end of ["close", "error"]) this.#child.once(end, () => resolve());
    await promise;
  }

  #take(message: Exclude<FromWorker, { kind: "ready" }>): void {
    const running = this.#running;
    if (running === undefined) return;
    if (message.kind === "engine") {
      const { pid } = message;
      running.engine = { pid, birth: processBirth(pid) ?? "" };
      running.talk.started?.(pid);
    } else if (message.kind === "event") {
      running.record.take(message.event);
      running.talk.tell(message.event);
    } else this.#finish(running, message.outcome);
  }

  #finish(running: Running, { result, ...outcome }: RunOutcome): void {
    this.#running = undefined;
    const own = running.record.outcome(result).failures.filter(({ code }) => code === "engine.too-long");
    const failures = [...own, ...outcome.failures];
    running.end({ ...outcome, result: own.length > 0 ? "failed" : result, failures });
  }

  /** The engine of a worker that was killed has lost program and provider, and ends by itself. */
  async #ended(): Promise<void> {
    this.#isWhole = false;
    const running = this.#running;
    this.#running = undefined;
    if (running === undefined) return;
    const { engine } = running;
    if (engine !== undefined) await waitForProcess({ ...engine, patience: this.#patience }, systemClock);
    running.record.fail(workerEnded(this.#child, this.#memory));
    running.end(running.record.outcome(running.talk.signal.aborted ? "cancelled" : "failed"));
  }

  #send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}

function workerEnded({ exitCode }: ChildProcess, memory: MemoryWatch): CoppiceError {
  const end = exitCode === null ? "it was killed" : `it ended by itself, with exit code ${exitCode}`;
  const why = memory.isOut ? "it needed more memory than it may use" : end;
  return new CoppiceError("engine.worker", {
    what: "The process that carried out the run ended in its midst",
    why,
    wayOut: "Run it again: it goes on where it was stopped",
  });
}

function tooLong(longest: number): CoppiceError {
  return new CoppiceError("engine.too-long", {
    what: "The run was stopped",
    why: `it took longer than ${Math.round(longest / 1000)} s`,
    wayOut: "Run it again: it goes on where it was stopped",
  });
}

import { AsyncLocalStorage } from "node:async_hooks";

/** Ends the program that is running with an error. */
type Fail = (error: unknown) => void;

/** Throws what has gone wrong in the program by now. */
export type Checkpoint = () => Promise<void>;

const scope = new AsyncLocalStorage<Fail>();
let isListening = false;

/**
 * Runs a program. The SDK registers resources in promises that nobody waits for, some of them when the program has ended
 * already and the engine is gone: an error in one belongs to its program, and is no news after its end, where Node would
 * end the process. Any other error that nobody waits for is a bug and ends the process, as ever.
 */
export async function inProgramScope(program: (checkpoint: Checkpoint) => Promise<void>): Promise<void> {
  listen();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown): void => {
    failure ??= { error };
    reject(error);
  };
  const checkpoint = async (): Promise<void> => {
    // What was thrown in this turn is known in the next.
    await new Promise((next) => setImmediate(next));
    if (failure !== undefined) throw failure.error;
  };
  scope.run(fail, () => void program(checkpoint).then(resolve, fail));
  await promise;
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  const take = (error: unknown): void => {
    const fail = scope.getStore();
    if (fail === undefined) throw error;
    fail(error);
  };
  process.on("unhandledRejection", take);
  process.on("uncaughtException", take);
}

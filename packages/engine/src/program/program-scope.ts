import { AsyncLocalStorage } from "node:async_hooks";

/** Ends the program that is running with an error. */
type Fail = (error: unknown) => void;

const scope = new AsyncLocalStorage<Fail>();
let isListening = false;

/**
 * Runs a program. The SDK registers resources in promises that nobody waits for, some of them when the program has ended
 * already and the engine is gone: an error in one belongs to its program, and is no news after its end, where Node would
 * end the process. Any other error that nobody waits for is a bug and ends the process, as ever.
 */
export async function inProgramScope(program: () => Promise<void>): Promise<void> {
  listen();
  await new Promise<void>((resolve, reject) => {
    scope.run(reject, () => void program().then(resolve, reject));
  });
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

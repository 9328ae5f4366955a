import { AsyncLocalStorage } from "node:async_hooks";

/** Ends the component that is being made with an error. */
type Fail = (error: unknown) => void;

const scope = new AsyncLocalStorage<Fail>();
let isListening = false;

/**
 * Runs what makes one component. The SDK registers resources in promises that nobody waits for: an error in one of
 * them fails the component that it belongs to and no other, where Node would end the process and with it the changes
 * in hand. Any other promise that nobody waits for is a bug and ends the process, as before.
 */
export async function inConstructScope<T>(make: () => Promise<T>): Promise<T> {
  listen();
  return await new Promise<T>((resolve, reject) => {
    scope.run(reject, () => void make().then(resolve, reject));
  });
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  process.on("unhandledRejection", (error) => {
    const fail = scope.getStore();
    if (fail === undefined) throw error;
    fail(error);
  });
}

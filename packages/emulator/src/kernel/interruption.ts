import { AsyncLocalStorage } from "node:async_hooks";

interface Interruption {
  readonly signal: AbortSignal;
  isMet: boolean;
}

const here = new AsyncLocalStorage<Interruption>();

/** Runs a task's work so that whatever it does can be interrupted by stopping the task. */
export function runInterruptible<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return here.run({ signal, isMet: false }, work);
}

/**
 * Throws, once, in the work of a task that was stopped. A worker dies at the next thing that it does; how it then cleans
 * up is not disturbed (pve-common, RESTEnvironment.pm: the handler of TERM dies).
 */
export function meetInterruption(): void {
  const found = here.getStore();
  if (found === undefined || found.isMet || !found.signal.aborted) return;
  found.isMet = true;
  throw found.signal.reason;
}

/** Aborted when the task is stopped in whose work this is asked; undefined outside of one, or while it cleans up. */
export function interruptionSignal(): AbortSignal | undefined {
  const found = here.getStore();
  return found === undefined || found.isMet ? undefined : found.signal;
}

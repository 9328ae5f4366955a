import { constants } from "node:os";

/**
 * Ends us at a signal by way of the `exit` handlers, which stop what we have started and free locks; a signal by itself
 * would skip them. Whoever else listens to a signal answers for it instead.
 */
export function exitAtSignals() {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
    });
  }
}

const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Resolves at the first signal to end. The listeners go away with it, so that a second Ctrl-C ends at once what the
 * first one could not.
 */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      for (const signal of endings) process.off(signal, end);
      resolve();
    };
    for (const signal of endings) process.on(signal, end);
  });
}

import { InterruptedError } from "../terminal/interrupted-error.ts";
import { exitCodes } from "./exit-codes.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What whoever runs a command may ask for while it works. */
export interface Stopping {
  /** Aborts when the command is asked to stop: what is in hand is brought to its end. */
  readonly signal: AbortSignal;
  /** Takes the process id of an engine that has to be ended with us. */
  started(pid: number): void;
  /** That engine has ended: its number may be another process's by now. */
  ended(): void;
  /** Listens no longer. */
  end(): void;
}

/**
 * Hears Ctrl-C, and what else ends programs. The first one asks to stop in good order, a second one ends everything at once:
 * the next run goes on from there.
 */
export function stopSignals(say: (line: string) => void): Stopping {
  const stop = new AbortController();
  let engine: number | undefined;
  const heard = (): void => {
    if (stop.signal.aborted) {
      if (engine !== undefined) killed(engine);
      process.exit(exitCodes.cancelled);
    }
    say("Stopping when what is in hand is done. Ctrl-C again ends it at once.");
    stop.abort(new InterruptedError());
  };
  for (const signal of SIGNALS) process.on(signal, heard);
  return {
    signal: stop.signal,
    started: (pid) => {
      engine = pid;
    },
    ended: () => {
      engine = undefined;
    },
    end: () => {
      for (const signal of SIGNALS) process.off(signal, heard);
    },
  };
}

function killed(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

import type { Asking } from "../new-cluster/asking.ts";
import { questionsOnTerminal } from "../terminal/questions-on-terminal.ts";

/**
 * Does work that may ask whoever sits at the terminal, and gives its exit code. Ctrl-C at a question ends it as a shell
 * reports it, with nothing written.
 */
export async function whileAsking(work: (asking: Asking) => Promise<number>): Promise<number> {
  const questions = await questionsOnTerminal();
  try {
    return await work({ questions, environment: process.env });
  } catch (error) {
    const { InterruptedError } = await import("../terminal/interrupted-error.ts");
    if (!(error instanceof InterruptedError)) throw error;
    process.stderr.write("\nNothing was written.\n");
    return 130;
  } finally {
    questions?.close();
  }
}

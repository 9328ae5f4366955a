/** Somebody ended a command: by Ctrl-C or Ctrl-D at a question, or by a signal before anything was changed. */
export class InterruptedError extends Error {
  constructor() {
    super("stopped before this command changed any machine");
    this.name = "InterruptedError";
  }
}

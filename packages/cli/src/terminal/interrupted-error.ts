/** A person left a question without an answer, by Ctrl-C or Ctrl-D. */
export class InterruptedError extends Error {
  constructor() {
    super("stopped at a question");
    this.name = "InterruptedError";
  }
}

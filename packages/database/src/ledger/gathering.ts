import { setImmediate as turn } from "node:timers/promises";

/** Somebody who waits for an answer. */
interface Asker<Question, Answer> {
  readonly question: Question;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Answers questions in lots: all that come while one lot is worked on make up the next. So many askers share one
 * transaction and one write to the disk, and nobody waits longer than for two lots.
 */
export class Gathering<Question, Answer> {
  readonly #work: (lot: readonly Question[]) => Promise<readonly Answer[]>;
  #waiting: Asker<Question, Answer>[] = [];
  #isWorking = false;

  /** @param work answers a lot, in its order */
  constructor(work: (lot: readonly Question[]) => Promise<readonly Answer[]>) {
    this.#work = work;
  }

  /** Rejects with whatever the whole lot failed by. */
  async ask(question: Question): Promise<Answer> {
    return await new Promise((answer, fail) => {
      this.#waiting.push({ question, answer, fail });
      if (!this.#isWorking) void this.#go();
    });
  }

  async #go(): Promise<void> {
    this.#isWorking = true;
    while (this.#waiting.length > 0) {
      // All who ask at the same moment are to be in one lot, the first of them too.
      await turn();
      const lot = this.#waiting;
      this.#waiting = [];
      await this.#answer(lot);
    }
    this.#isWorking = false;
  }

  async #answer(lot: readonly Asker<Question, Answer>[]): Promise<void> {
    try {
      const answers = await this.#work(lot.map(({ question }) => question));
      for (const [index, answer] of answers.entries()) lot[index]?.answer(answer);
    } catch (error) {
      for (const { fail } of lot) fail(error);
    }
  }
}

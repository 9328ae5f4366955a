/** One broken rule at one place. */
export interface Finding {
  /** Name of the rule, as its tool or our own table calls it. */
  readonly rule: string;
  /** File relative to the root, with a line where one is known: `packages/core/src/clock.ts:12`. */
  readonly place: string;
  /** What is wrong there, and the way out. */
  readonly message: string;
}

/** One of the checks that `npm run check` consists of. */
export interface Check {
  /** The name it is printed and chosen by. */
  readonly name: string;
  /** Looks at everything below `root`; no findings means the check passed. */
  run(root: string): Promise<readonly Finding[]>;
}

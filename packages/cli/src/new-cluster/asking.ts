import type { Questions } from "../terminal/questions.ts";

/** Where answers come from. */
export interface Asking {
  /** Absent where nobody sits at a terminal: then what is not given is refused. */
  readonly questions: Questions | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

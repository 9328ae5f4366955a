import type { Environment } from "@coppice/engine";
import type { Questions } from "../terminal/questions.ts";

/** Where answers come from. */
export interface Asking {
  /** Absent where nobody sits at a terminal: then what is not given is refused. */
  readonly questions: Questions | undefined;
  readonly environment: Environment;
  /** Is told the option that says as much as an answer did, so that a next try need not ask. Never told a secret. */
  readonly remember?: (option: string, value: string) => void;
}

import type { Account } from "@coppice/database";
import type { StateHome } from "../home/state-home.ts";
import { stateOrigin } from "../home/state-origin.ts";
import type { NamedStack } from "../stack/document-stack.ts";

/** Who has the stack of a tenant now. */
export interface StackOperation extends Account {
  /** Names the stack wherever a database is shared. One run at a time has it. */
  readonly operation: string;
  /** For people. */
  readonly holder: string;
}

/**
 * How the ledger calls whoever has a stack: always the same, so that whatever was held under that name before is of a run
 * that has ended. Undefined where the stack is nobody's.
 */
export async function stackOperation(
  home: StateHome,
  { tenant, cluster, project, stack }: NamedStack,
  who: string,
): Promise<StackOperation | undefined> {
  if (tenant === undefined) return undefined;
  const operation = `${await stateOrigin(home)}:${project}/${stack}`;
  return { tenant, cluster, operation, holder: `${who} (process ${process.pid})` };
}

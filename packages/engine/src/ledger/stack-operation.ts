import { stableMark } from "@coppice/core";
import type { Account } from "@coppice/database";
import { backendFolder } from "../home/backend-folder.ts";
import { besideState } from "../home/beside-state.ts";
import type { StateHome } from "../home/state-home.ts";
import { stateOrigin } from "../home/state-origin.ts";
import { thisComputer } from "../lease/computer.ts";
import { type NamedStack, stackKey } from "../stack/document-stack.ts";

/** Who has the stack of a tenant now. */
export interface StackOperation extends Account {
  /** Names the stack wherever a database is shared. */
  readonly stack: string;
  /** Names whom the stack's lease keeps apart: one run at a time goes by this name. */
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
  name: NamedStack,
  who: string,
): Promise<StackOperation | undefined> {
  const { tenant, cluster } = name;
  if (tenant === undefined) return undefined;
  const stack = `${await stateOrigin(home)}:${stackKey(name)}`;
  const operation = `${stack}${leaseMark(home)}`;
  return { tenant, cluster, stack, operation, holder: `${who} (process ${process.pid})` };
}

/** Whether an operation was begun with a stack, by whomever. */
export function isOfStack(operation: string, { stack }: Pick<StackOperation, "stack">): boolean {
  return operation === stack || operation.startsWith(`${stack}${MARK}`);
}

/** In no name of a stack. */
const MARK = "@";

/** Where leases lie in the home, see `stackPlace`, another home or computer that uses the state may run at the same time. */
function leaseMark(home: StateHome): string {
  if (backendFolder(home.backend) !== undefined) return "";
  return `${MARK}${stableMark([thisComputer().id, besideState(home)], 15)}`;
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  backendFolder,
  type Holder,
  holdStack,
  namedStack,
  type StackName,
  type StateHome,
  stackKey,
} from "@coppice/engine";

/** Whose runs are waited for, and how. */
export interface RunsWait {
  readonly clusters: readonly string[];
  readonly home: StateHome;
  readonly who: string;
  readonly signal: AbortSignal;
  /** Is told whom it waits for. */
  waits(stack: StackName, holder: Holder | undefined): void;
}

/**
 * Waits until every run of a stack on these clusters that goes on now has ended: it takes each stack's lease once. A run
 * reads its credentials when it has the lease, so whoever has it later has read what is there now.
 *
 * @throws CoppiceError `stack.locked` where an engine without a lease has a stack
 */
export async function waitForRuns({ clusters, home, who, signal, waits }: RunsWait): Promise<void> {
  const stacks = (await leasedStacks(home)).filter((stack) => clusters.includes(namedStack(stack).cluster));
  for (const stack of stacks) {
    const request = { who, signal, waits: (holder: Holder | undefined) => waits(stack, holder) };
    await holdStack(home, stack, request, async () => undefined);
  }
}

/** The stacks that somebody ever had a lease of. */
async function leasedStacks({ folder, backend }: StateHome): Promise<readonly StackName[]> {
  const states = backendFolder(backend);
  const roots =
    states === undefined
      ? (await names(join(folder, "shared"))).map((each) => join(folder, "shared", each))
      : [join(states, ".coppice")];
  const found = new Map<string, StackName>();
  for (const root of roots) {
    const leases = join(root, "leases");
    for (const project of await names(leases))
      for (const stack of await names(join(leases, project)))
        found.set(stackKey({ project, stack }), { project, stack });
  }
  return [...found.values()];
}

async function names(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}

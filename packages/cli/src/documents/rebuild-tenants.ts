import { listStacks, type NamedStack, namedStack, type RebuiltAccount, tenantStack } from "@coppice/engine";
import { openEngineOptions } from "../home/open-engine-options.ts";
import { jsonText } from "../output/change-json.ts";
import { ledgerLines } from "../output/ledger-lines.ts";
import { withDocumentWork } from "./document-work.ts";
import { exitCodes } from "./exit-codes.ts";
import { printLines } from "./print.ts";
import { clustersOfStacks } from "./stack-clusters.ts";

/** Whose ledger is made anew; that of every tenant of this home where nobody is named. */
export interface RebuildWish {
  readonly json?: boolean;
  readonly tenant?: string;
  readonly cluster?: string;
}

/** Makes the ledger anew from the stacks of this home and their clusters, and prints what it says then. */
export async function rebuildTenants(wish: RebuildWish): Promise<number> {
  const { json = false } = wish;
  const options = await openEngineOptions(process.env);
  const stacks = wishedStacks((await listStacks(options)).map(namedStack), wish);
  return await withDocumentWork(
    await clustersOfStacks(options, stacks),
    async ({ parts, talk, screen, who }) => {
      const { rebuildLedger } = await import("@coppice/engine");
      const accounts = await rebuildLedger(parts, { stacks, order: { who } }, talk);
      screen.end();
      if (json) process.stdout.write(jsonText("ledger rebuild", { result: "rebuilt", accounts }));
      else printLines(rebuiltLines(accounts));
      return exitCodes.applied;
    },
  );
}

function wishedStacks(all: readonly NamedStack[], { tenant, cluster }: RebuildWish): NamedStack[] {
  const found = all.filter(
    (each) => each.tenant === (tenant ?? each.tenant) && each.cluster === (cluster ?? each.cluster),
  );
  const own = found.filter((each) => each.tenant !== undefined);
  // What had a stack once, and has none any more, has nothing.
  return own.length === 0 && tenant !== undefined ? [tenantStack(cluster ?? "main", tenant)] : own;
}

function rebuiltLines(accounts: readonly RebuiltAccount[]): string[] {
  if (accounts.length === 0) return ["No stack of this home is a tenant's."];
  return ledgerLines(
    accounts.map((each) => ({ ...each, reservations: [] })),
    0,
  );
}

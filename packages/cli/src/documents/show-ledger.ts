import { LedgerUse, stateHome } from "@coppice/engine";
import { jsonText } from "../output/change-json.ts";
import { ledgerLines } from "../output/ledger-lines.ts";
import { exitCodes } from "./exit-codes.ts";
import { printLines } from "./print.ts";

/** Prints what the ledger holds; asks no cluster. */
export async function showLedger({ json = false }: { readonly json?: boolean }): Promise<number> {
  const environment = process.env;
  const { signal } = new AbortController();
  const use = new LedgerUse({ home: stateHome(environment), environment, signal });
  try {
    const accounts = await (await use.ledger()).show();
    if (json) process.stdout.write(jsonText("ledger show", { accounts }));
    else printLines(ledgerLines(accounts, Date.now()));
  } finally {
    await use.close();
  }
  return exitCodes.applied;
}

import { openLedger, stateHome } from "@coppice/engine";
import { jsonText } from "../output/change-json.ts";
import { ledgerLines } from "../output/ledger-lines.ts";
import { exitCodes } from "./exit-codes.ts";
import { printLines } from "./print.ts";

/** Prints what the ledger holds; asks no cluster. */
export async function showLedger({ json = false }: { readonly json?: boolean }): Promise<number> {
  const environment = process.env;
  const { signal } = new AbortController();
  const { ledger, close } = await openLedger({ home: stateHome(environment), environment, signal });
  try {
    const accounts = await ledger.show();
    if (json) process.stdout.write(jsonText("ledger show", { accounts }));
    else printLines(ledgerLines(accounts, Date.now()));
  } finally {
    await close();
  }
  return exitCodes.applied;
}

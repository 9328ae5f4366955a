import type { AddCommand } from "./add-command.ts";
import { addLedgerRebuild } from "./ledger-rebuild.ts";
import { addLedgerShow } from "./ledger-show.ts";

/** `coppice ledger …`: what tenants have and were promised. */
export const addLedger: AddCommand = (program) => {
  const ledger = program.command("ledger").description("look at what tenants have and were promised");
  for (const add of [addLedgerShow, addLedgerRebuild]) add(ledger);
};

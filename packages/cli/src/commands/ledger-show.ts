import type { AddCommand } from "./add-command.ts";

/** `coppice ledger show`: what tenants have, and what is held for runs. */
export const addLedgerShow: AddCommand = (ledger) => {
  ledger
    .command("show")
    .description("show what tenants have, and what is held for runs")
    .option("--json", "as JSON, for programs")
    .action(async (options: { json?: boolean }) => {
      const [{ printingFailures }, { showLedger }] = await Promise.all([
        import("../documents/print.ts"),
        import("../documents/show-ledger.ts"),
      ]);
      await printingFailures("ledger show", options, async () => await showLedger(options));
    });
};

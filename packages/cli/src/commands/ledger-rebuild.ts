import type { AddCommand } from "./add-command.ts";

interface RebuildOptions {
  readonly json?: boolean;
  readonly tenant?: string;
  readonly cluster?: string;
}

/** `coppice ledger rebuild`: makes it anew from the stacks of this home and their clusters. */
export const addLedgerRebuild: AddCommand = (ledger) => {
  ledger
    .command("rebuild")
    .description("make it anew, from what the stacks of this home have and their clusters say")
    .option("--tenant <name>", "one tenant alone")
    .option("--cluster <name>", "one cluster alone")
    .option("--json", "as JSON, for programs")
    .action(async (options: RebuildOptions) => {
      const [{ printingFailures }, { rebuildTenants }] = await Promise.all([
        import("../documents/print.ts"),
        import("../documents/rebuild-tenants.ts"),
      ]);
      await printingFailures("ledger rebuild", options, async () => await rebuildTenants(options));
    });
};

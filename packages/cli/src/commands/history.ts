import type { AddCommand } from "./add-command.ts";

/** `coppice history`: who changed what of the documents on a cluster, and when. */
export const addHistory: AddCommand = (program) => {
  program
    .command("history")
    .description("list who changed what of the documents on a cluster, and when")
    .option("--cluster <name>", "the cluster", "main")
    .option("--tenant <name>", "what that tenant has there, instead of what is nobody's")
    .option("--json", "as JSON, for programs")
    .action(async (options: { json?: boolean; cluster: string; tenant?: string }) => {
      const [{ printingFailures }, { tellHistory }] = await Promise.all([
        import("../documents/print.ts"),
        import("../documents/history-of.ts"),
      ]);
      await printingFailures("history", options, async () => await tellHistory(options));
    });
};

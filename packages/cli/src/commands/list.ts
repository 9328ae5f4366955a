import type { AddCommand } from "./add-command.ts";

/** `coppice list`: what documents have made, by the states of this home. */
export const addList: AddCommand = (program) => {
  program
    .command("list")
    .description("list what documents have made")
    .option("--json", "as JSON, for programs")
    .action(async (options: { json?: boolean }) => {
      const [{ printingFailures }, { listDocuments }] = await Promise.all([
        import("../documents/print.ts"),
        import("../documents/list-documents.ts"),
      ]);
      await printingFailures("list", options, async () => await listDocuments(options));
    });
};

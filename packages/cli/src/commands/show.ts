import type { AddCommand } from "./add-command.ts";

/** `coppice show <document>`: what was applied of a document, and where its machines are. */
export const addShow: AddCommand = (program) => {
  program
    .command("show")
    .description("show what was applied of a document, and where its machines are")
    .argument("<document>", "a file of documents, or a name that `coppice list` shows")
    .option("--cluster <name>", "the cluster of a name that there is on several")
    .option("--json", "as JSON, for programs")
    .action(async (word: string, options: { json?: boolean; cluster?: string }) => {
      const [{ printingFailures }, { showDocument }] = await Promise.all([
        import("../documents/print.ts"),
        import("../documents/show-document.ts"),
      ]);
      await printingFailures("show", options, async () => await showDocument(word, options));
    });
};

import type { AddCommand } from "./add-command.ts";

interface DestroyOptions {
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly cluster?: string;
  readonly message?: string;
}

/** `coppice destroy <documents…>`: shows what there is of them and would be lost, asks, and removes it. */
export const addDestroy: AddCommand = (program) => {
  program
    .command("destroy")
    .description("remove what documents made, with all disks: show it, ask, and do it")
    .argument("<documents...>", "files or folders of documents, or names that `coppice list` shows")
    .option("--yes", "without a question")
    .option("--cluster <name>", "the cluster of a name that there is on several")
    .option("--message <text>", "what the history says of it")
    .option("--json", "as JSON, for programs")
    .action(async (words: string[], options: DestroyOptions) => {
      const [{ printingFailures }, { destroyChosen }] = await Promise.all([
        import("../documents/print.ts"),
        import("../documents/destroy-chosen.ts"),
      ]);
      await printingFailures("destroy", options, async () => await destroyChosen(words, options));
    });
};

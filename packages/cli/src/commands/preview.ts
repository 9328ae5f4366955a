import type { AddCommand } from "./add-command.ts";

interface PreviewFlags {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly refresh?: boolean;
}

/** `coppice preview <documents…>`: what becomes of every seat, and nothing else. */
export const addPreview: AddCommand = (program) => {
  program
    .command("preview")
    .description(
      "tell what applying documents would do, seat by seat: 0 would apply, 2 refused, 1 could not tell",
    )
    .argument("<documents...>", "files of documents, or folders of them")
    .option("--refresh", "read anew first what is there, so that what somebody else changed shows")
    .option("--json", "as JSON, for programs")
    .option("--markdown", "as Markdown, for the comment of a pull request")
    .action(async (paths: string[], flags: PreviewFlags) => {
      const [{ printingFailures }, { tellPreview }] = await Promise.all([
        import("../documents/print.ts"),
        import("../documents/tell-preview.ts"),
      ]);
      await printingFailures("preview", flags, async () => await tellPreview(paths, flags));
    });
};

import type { AddCommand } from "./add-command.ts";

interface PreviewOptions {
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
    .action(async (paths: string[], options: PreviewOptions) => {
      const { printingFailures } = await import("../documents/print.ts");
      await printingFailures("preview", options, async () => await preview(paths, options));
    });
};

async function preview(
  paths: readonly string[],
  { json = false, markdown = false, refresh = false }: PreviewOptions,
): Promise<number> {
  const [
    { findDocumentFiles },
    { readSources },
    { mistakesLines, previewGiven },
    { exitCodeOf, exitCodes },
    { printLines },
    lines,
    { changeMarkdown },
    { jsonText, stacksJson },
    { previewResult },
  ] = await Promise.all([
    import("../documents/find-document-files.ts"),
    import("../documents/read-given.ts"),
    import("../documents/preview-given.ts"),
    import("../documents/exit-codes.ts"),
    import("../documents/print.ts"),
    import("../output/change-lines.ts"),
    import("../output/change-markdown.ts"),
    import("../output/change-json.ts"),
    import("@coppice/engine"),
  ]);
  const sources = await readSources(await findDocumentFiles(paths));
  return await previewGiven(sources, {
    message: "",
    refresh,
    mistaken: (mistakes) => {
      if (json) process.stdout.write(jsonText("preview", { result: "refused", mistakes, stacks: [] }));
      else if (markdown) process.stdout.write(changeMarkdown([], mistakes));
      else printLines(mistakesLines(mistakes));
      return exitCodes.refused;
    },
    previewed: async ({ stacks, at }) => {
      const result = previewResult(stacks);
      at.screen.end();
      if (json)
        process.stdout.write(jsonText("preview", { result, mistakes: [], stacks: stacksJson(stacks) }));
      else if (markdown) process.stdout.write(changeMarkdown(stacks, []));
      else
        printLines([
          ...lines.othersLines(stacks),
          ...lines.changeLines(stacks, "planned"),
          "",
          lines.changeSummary(stacks, "planned"),
        ]);
      return exitCodeOf(result);
    },
  });
}

import type { AddCommand } from "./add-command.ts";

/** `coppice drift <documents…>`: in what the cluster differs from what was applied. */
export const addDrift: AddCommand = (program) => {
  program
    .command("drift")
    .description("tell what somebody else changed: 0 nothing, 2 something, 1 could not tell")
    .argument("<documents...>", "files of documents, or folders of them")
    .option("--json", "as JSON, for programs")
    .action(async (paths: string[], options: { json?: boolean }) => {
      const [{ printingFailures }, { driftGiven }] = await Promise.all([
        import("../documents/print.ts"),
        import("../documents/drift-given.ts"),
      ]);
      await printingFailures("drift", options, async () => await driftGiven(paths, options));
    });
};

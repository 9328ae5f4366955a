import type { ApplyOptions } from "../documents/apply-given.ts";
import type { AddCommand } from "./add-command.ts";
import { digestText } from "./flags/digest-text.ts";

interface UpFlags extends ApplyOptions {
  readonly accept?: string;
}

/** `coppice up <documents…>`: shows what would be done, asks, and does it. */
export const addUp: AddCommand = (program) => {
  program
    .command("up")
    .description("apply documents: show what would be done, ask, and do it")
    .argument("<documents...>", "files of documents, or folders of them")
    .option("--yes", "without a question")
    .option("--accept <digest>", "without a question, if the preview has this digest still", digestText)
    .option("--refresh", "read anew first what is there, so that what somebody else changed is brought back")
    .option("--message <text>", "what the history says of it")
    .option("--json", "as JSON, for programs")
    .action(async (paths: string[], { accept, ...flags }: UpFlags) => {
      const options = { ...flags, ...(accept !== undefined && { accepted: accept }) };
      const { printingFailures } = await import("../documents/print.ts");
      await printingFailures("up", options, async () => await up(paths, options));
    });
};

async function up(paths: readonly string[], options: ApplyOptions): Promise<number> {
  const [{ readPaths }, { applyGiven }] = await Promise.all([
    import("../documents/read-paths.ts"),
    import("../documents/apply-given.ts"),
  ]);
  const { sources, isWhole } = await readPaths(paths);
  return await applyGiven({
    ...options,
    command: "up",
    sources,
    isWhole,
    usualMessage: `coppice up ${paths.join(" ")}`,
  });
}

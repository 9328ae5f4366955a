import type { ApplyOptions } from "../documents/apply-given.ts";
import type { AddCommand } from "./add-command.ts";
import { wholeNumber } from "./flags/numbers.ts";

interface UndoOptions extends ApplyOptions {
  readonly cluster: string;
  readonly tenant?: string;
}

/** `coppice undo <version>`: what a version declared, as a new preview, with what cannot come back. */
export const addUndo: AddCommand = (program) => {
  program
    .command("undo")
    .description(
      "go back to what a version declared: show what that does and what cannot come back, ask, and do it",
    )
    .argument("<version>", "its number, as `coppice history` lists it", wholeNumber(1, 1_000_000))
    .option("--cluster <name>", "the cluster", "main")
    .option("--tenant <name>", "what that tenant has there, instead of what is nobody's")
    .option("--yes", "without a question")
    .option("--message <text>", "what the history says of it")
    .option("--json", "as JSON, for programs")
    .action(async (version: number, options: UndoOptions) => {
      const [{ printingFailures }, { undoTo }] = await Promise.all([
        import("../documents/print.ts"),
        import("../documents/undo-to.ts"),
      ]);
      await printingFailures("undo", options, async () => await undoTo(version, options));
    });
};

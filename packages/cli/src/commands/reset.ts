import type { ApplyOptions } from "../documents/apply-given.ts";
import type { AddCommand } from "./add-command.ts";

interface ResetOptions extends ApplyOptions {
  readonly document?: string;
}

/** `coppice reset <document> <seat>`: orders a fresh disk for one seat, in the document itself, and applies it. */
export const addReset: AddCommand = (program) => {
  program
    .command("reset")
    .description("give one seat a fresh disk: write the order into its document, and apply that")
    .argument("<file>", "the file of its document")
    .argument("<seat>", "the seat's name, such as seat-07")
    .option("--document <name>", "which document, where the file holds several")
    .option("--yes", "without a question")
    .option("--message <text>", "what the history says of it")
    .option("--json", "as JSON, for programs")
    .action(async (file: string, seat: string, options: ResetOptions) => {
      const [{ printingFailures }, { resetSeat }] = await Promise.all([
        import("../documents/print.ts"),
        import("../documents/reset-seat.ts"),
      ]);
      await printingFailures("reset", options, async () => await resetSeat({ file, seat, ...options }));
    });
};

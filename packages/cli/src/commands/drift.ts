import { InvalidArgumentError, Option } from "commander";
import type { DriftOptions } from "../documents/answer-drift.ts";
import type { AddCommand } from "./add-command.ts";

/** `coppice drift <documents…>`: in what the cluster differs from what was applied, and the answers to that. */
export const addDrift: AddCommand = (program) => {
  program
    .command("drift")
    .description("tell what somebody else changed, or answer it: 0 nothing, 2 something, 1 could not tell")
    .argument("<documents...>", "files of documents, or folders of them")
    .addOption(
      new Option("--repair", "bring everything back to what was applied").conflicts(["accept", "ignore"]),
    )
    .addOption(
      new Option("--accept <seat.field>", "write what the seats are now into the document, and apply that")
        .argParser(driftName)
        .conflicts(["repair", "ignore"]),
    )
    .addOption(
      new Option(
        "--ignore <seat.field>",
        "let it count as no drift until a day is over, as long as it stays so",
      )
        .argParser(driftName)
        .conflicts(["repair", "accept"]),
    )
    .option("--until <day>", "with --ignore: its last day, as 2026-12-31")
    .option("--document <name>", "with --accept and --ignore: which document, where several have such a seat")
    .option("--yes", "without a question")
    .option("--message <text>", "what the history says of it")
    .option("--json", "as JSON, for programs")
    .action(async (paths: string[], options: DriftOptions) => {
      const [{ printingFailures }, { driftGiven }] = await Promise.all([
        import("../documents/print.ts"),
        import("../documents/drift-given.ts"),
      ]);
      await printingFailures("drift", options, async () => await driftGiven(paths, options));
    });
};

/** Names of seats may have dots in them, fields have none. */
function driftName(text: string): { readonly seat: string; readonly field: string } {
  const [, seat, field] = /^(.+)\.([^.]+)$/s.exec(text) ?? [];
  if (seat !== undefined && field !== undefined) return { seat, field };
  throw new InvalidArgumentError("Write it as <seat>.<field>, as `coppice drift` names it.");
}

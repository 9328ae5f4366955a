import { examine } from "@coppice/toolchain";
import { doctorReport } from "../output/doctor-report.ts";
import type { AddCommand } from "./add-command.ts";

/** `coppice doctor`: lists each part of the toolchain; exit code 1 when one is missing. */
export const addDoctor: AddCommand = (program) => {
  program
    .command("doctor")
    .description("show where each tool was found, and what to do about those that are missing")
    .option("--json", "print the parts as JSON, for programs")
    .action(async ({ json = false }: { json?: boolean }) => {
      const parts = await examine();
      const text = json
        ? JSON.stringify({ parts }, undefined, 2)
        : doctorReport(parts, process.stdout.columns).join("\n");
      process.stdout.write(`${text}\n`);
      process.exitCode = parts.some((part) => part.state === "missing") ? 1 : 0;
    });
};

import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import type { AddCommand } from "./commands/add-command.ts";
import { addCluster } from "./commands/cluster.ts";
import { addCompletion } from "./commands/completion.ts";
import { addDemo } from "./commands/demo.ts";
import { addDestroy } from "./commands/destroy.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addDrift } from "./commands/drift.ts";
import { addEmulator } from "./commands/emulator.ts";
import { addEnv } from "./commands/env.ts";
import { addHistory } from "./commands/history.ts";
import { addLedger } from "./commands/ledger.ts";
import { addList } from "./commands/list.ts";
import { addNew } from "./commands/new.ts";
import { addOverlayFlatten } from "./commands/overlay-flatten.ts";
import { addPreview } from "./commands/preview.ts";
import { addPulumi } from "./commands/pulumi.ts";
import { addReconcile } from "./commands/reconcile.ts";
import { addReset } from "./commands/reset.ts";
import { addShow } from "./commands/show.ts";
import { addUndo } from "./commands/undo.ts";
import { addUp } from "./commands/up.ts";
import { failureText } from "./output/failure-text.ts";
import { watchOutput } from "./output/watch-output.ts";

const commands: readonly AddCommand[] = [
  addCluster,
  addCompletion,
  addDemo,
  addDoctor,
  addEmulator,
  addEnv,
  addNew,
  addOverlayFlatten,
  addPulumi,
  addPreview,
  addUp,
  addDestroy,
  addDrift,
  addList,
  addShow,
  addReset,
  addReconcile,
  addHistory,
  addUndo,
  addLedger,
];

/**
 * Runs `coppice` with these arguments and gives its exit code.
 *
 * @example
 * process.exitCode = await runCli(["doctor"]);
 */
export async function runCli(args: readonly string[]): Promise<number> {
  watchOutput();
  try {
    process.exitCode = 0;
    await createProgram().parseAsync(args, { from: "user" });
    return process.exitCode;
  } catch (error) {
    // commander has printed its own message (or the help that was asked for) already.
    if (error instanceof CommanderError) return error.exitCode;
    process.stderr.write(`${failureText(error)}\n`);
    return 1;
  }
}

function createProgram(): Command {
  const program = new Command("coppice")
    .description("Virtual machines for classes and tenants on Proxmox VE, as code")
    .version(ownVersion())
    .enablePositionalOptions()
    .showHelpAfterError("(coppice --help lists the commands)")
    .exitOverride();
  for (const add of commands) add(program);
  return program;
}

function ownVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  // npm refuses to pack or install a package without a version.
  return (JSON.parse(text) as { version: string }).version;
}

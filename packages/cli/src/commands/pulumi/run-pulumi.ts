import { createReporter, runCancellable, toolEnvironment } from "@coppice/toolchain/run";
import { typedCommand } from "../../output/typed-command.ts";
import { projectFolder } from "../../project/project-folder.ts";
import { assertProject } from "./assert-project.ts";
import { seeingDestroy } from "./seeing-destroy.ts";

/**
 * Runs the engine and gives its exit code. All arguments are its own; a destroy gets two more (seeing-destroy.ts). The
 * command's door calls it without loading any other command, on whatever Node it runs, so it imports nothing that needs
 * more than Node 20.
 *
 * @example
 * process.exitCode = await runPulumi(["up", "--yes"]);
 */
export async function runPulumi(args: readonly string[]): Promise<number> {
  const report = createReporter(process.stderr);
  const cwd = projectFolder(args);
  assertProject(args, cwd, typedCommand(process.env["PATH"], process.argv[1]));
  const { env, pulumi } = await toolEnvironment({ cwd, make: true, host: { report } });
  return await runCancellable(pulumi, seeingDestroy(args), env);
}

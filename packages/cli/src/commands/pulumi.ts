import { createReporter, runAttached, toolEnvironment } from "@coppice/toolchain";
import { projectFolder } from "../project/project-folder.ts";
import type { AddCommand } from "./add-command.ts";

/** `coppice pulumi …`: the engine with the right Node, language host and plugin in place; all else is its own. */
export const addPulumi: AddCommand = (program) => {
  program
    .command("pulumi")
    .description("run the Pulumi engine with everything in place; all arguments are its own")
    .argument("[arguments...]")
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(runPulumi);
};

async function runPulumi(args: string[]): Promise<void> {
  const report = createReporter(process.stderr);
  const { env, pulumi } = await toolEnvironment({ cwd: projectFolder(args), make: true, host: { report } });
  // Becoming the engine passes on terminal, signals and exit code as nothing in between can. Not on Windows.
  process.execve?.(pulumi, [pulumi, ...args], env);
  process.exitCode = await runAttached(pulumi, args, { env });
}

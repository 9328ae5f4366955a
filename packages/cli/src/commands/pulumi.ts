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
    .action(async (args: string[]) => {
      const { runPulumi } = await import("./pulumi/run-pulumi.ts");
      process.exitCode = await runPulumi(args);
    });
};

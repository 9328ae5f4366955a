import type { AddCommand } from "./add-command.ts";

/** `coppice env`: what a shell, a pipeline or a program needs to run the engine itself. */
export const addEnv: AddCommand = (program) => {
  program
    .command("env")
    .description('print what running the engine needs, for eval "$(coppice env)"')
    .option("--json", "as JSON, for programs")
    .action(async ({ json = false }: { json?: boolean }) => {
      const [{ createReporter, toolEnvironment }, { changedVariables, shellLines }] = await Promise.all([
        import("@coppice/toolchain"),
        import("../output/environment-report.ts"),
      ]);
      const report = createReporter(process.stderr);
      const { env, pulumi } = await toolEnvironment({ make: true, host: { report } });
      const found = { pulumi, variables: changedVariables(env, process.env) };
      process.stdout.write(`${json ? JSON.stringify(found, null, 2) : shellLines(found).join("\n")}\n`);
    });
};

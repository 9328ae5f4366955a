import type { AddCommand } from "./add-command.ts";
import { addCheckFlags, type CheckFlags, scopeOf } from "./flags/check-flags.ts";

type TestOptions = CheckFlags & { readonly json?: boolean };

/** `coppice cluster test <name>`: what `check` shows, of a registered cluster. */
export const addClusterTest: AddCommand = (cluster) => {
  const command = cluster
    .command("test")
    .description("show what a registered cluster's token, account and storage lack")
    .argument("<name>", "a cluster that `list` shows");
  addCheckFlags(command, { storage: "optional" })
    .option("--json", "print the findings as JSON, for programs")
    .action(async (name: string, options: TestOptions) => {
      const [{ openRegistered }, { readCluster }, { registryFolder }, { printCheck }] = await Promise.all([
        import("../registry/open-registered.ts"),
        import("../registry/read-cluster.ts"),
        import("../registry/registry-folder.ts"),
        import("./print-check.ts"),
      ]);
      const { env } = process;
      const connection = await openRegistered(await readCluster(registryFolder(env), name), env);
      process.exitCode = await printCheck(connection, scopeOf(options), options);
    });
};

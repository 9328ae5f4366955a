import { Option } from "commander";
import type { AddCommand } from "./add-command.ts";
import { addCheckFlags, type CheckFlags, scopeOf } from "./flags/check-flags.ts";
import { addClusterFlags, type ClusterFlags, wishOf } from "./flags/cluster-flags.ts";
import { printCheck } from "./print-check.ts";

interface CheckOptions extends ClusterFlags, CheckFlags {
  readonly cluster?: string;
  readonly stack?: string;
  readonly json?: boolean;
}

/** `coppice cluster check`: what the configured token, account and storage lack, and what that disables. */
export const addClusterCheck: AddCommand = (cluster) => {
  const check = cluster
    .command("check")
    .description("show which rights, commands and storages are missing, and what that disables");
  addCheckFlags(check, { storage: "needed" })
    .addOption(
      new Option(
        "--cluster <name>",
        "the cluster's name, in the project or as it is registered (default: main)",
      ).conflicts("endpoint"),
    )
    .addOption(
      new Option(
        "--stack <name>",
        "the stack that counts; else the selected one, the registry, or PROXMOX_VE_…",
      ).conflicts("endpoint"),
    )
    .option("--json", "print the findings as JSON, for programs")
    .action(async (options: CheckOptions) => {
      const { openWished } = await import("../project/open-wished.ts");
      const connection = await openWished({ ...options, wish: wishOf(options) });
      process.exitCode = await printCheck(connection, scopeOf(options), options);
    });
  addClusterFlags(check);
};

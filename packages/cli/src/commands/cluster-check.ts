import type { OpenCluster } from "@coppice/clusters/connections";
import { Option } from "commander";
import type { AddCommand } from "./add-command.ts";
import { addCheckFlags, type CheckFlags, scopeOf } from "./flags/check-flags.ts";
import { addClusterFlags, type ClusterFlags, wishOf } from "./flags/cluster-flags.ts";
import { printCheck } from "./print-check.ts";

interface CheckOptions extends ClusterFlags, CheckFlags {
  readonly cluster: string;
  readonly stack?: string;
  readonly json?: boolean;
}

/** `coppice cluster check`: what the configured token, account and storage lack, and what that disables. */
export const addClusterCheck: AddCommand = (cluster) => {
  const check = cluster
    .command("check")
    .description("show which rights, commands and storages are missing, and what that disables");
  addCheckFlags(check, { storage: "needed" })
    .option("--cluster <name>", "the cluster's name in the configuration", "main")
    .addOption(
      new Option("--stack <name>", "the stack that counts; else the selected one, or PROXMOX_VE_…").conflicts(
        "endpoint",
      ),
    )
    .option("--json", "print the findings as JSON, for programs")
    .action(async (options: CheckOptions) => {
      const connection = await open(options);
      process.exitCode = await printCheck(connection, scopeOf(options), options);
    });
  addClusterFlags(check);
};

/** The cluster that the options tell, else the stack's, else the environment's. */
async function open(options: CheckOptions): Promise<OpenCluster> {
  const environment = process.env;
  const wish = wishOf(options);
  const { flaggedCluster } = await import("../new-cluster/flagged-cluster.ts");
  const flagged = await flaggedCluster(wish, environment);
  if (flagged !== undefined) {
    const { openGiven } = await import("../new-cluster/open-given.ts");
    return await openGiven(flagged, { wish, environment });
  }
  const [{ openClusters }, { readStackClusters }] = await Promise.all([
    import("@coppice/clusters/connections"),
    import("../project/stack-clusters.ts"),
  ]);
  const folder = process.cwd();
  const configured = await readStackClusters({ folder, stack: options.stack, environment });
  const { given, ...rules } = configured ?? { given: undefined, secret: false, folder };
  return await (await openClusters(given, { environment, ...rules })).get(options.cluster);
}

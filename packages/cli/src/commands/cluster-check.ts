import type { OpenCluster } from "@coppice/clusters/connections";
import { Option } from "commander";
import type { CheckScope } from "../cluster-check/check-scope.ts";
import type { AddCommand } from "./add-command.ts";
import { addClusterFlags, type ClusterFlags, wishOf } from "./flags/cluster-flags.ts";
import { wholeNumber } from "./flags/numbers.ts";

interface CheckOptions extends ClusterFlags {
  readonly cluster: string;
  readonly storage: string;
  readonly bridge: string;
  readonly pool?: string;
  readonly template?: number;
  readonly node?: readonly string[];
  readonly stack?: string;
  readonly json?: boolean;
}

/** `coppice cluster check`: what the configured token, account and storage lack, and what that disables. */
export const addClusterCheck: AddCommand = (program) => {
  const cluster = program.command("cluster").description("look at a Proxmox VE cluster");
  const check = cluster
    .command("check")
    .description("show which rights, commands and storages are missing, and what that disables")
    .requiredOption("--storage <id>", "the storage that is to carry the seats' disks")
    .option("--cluster <name>", "the cluster's name in the configuration", "main")
    .option("--bridge <name>", "the bridge of the seats", "vmbr0")
    .option("--pool <id>", "the Proxmox pool that the seats are to be members of")
    .option(
      "--template <vmid>",
      "the template of the class, for a token that may read few machines",
      wholeNumber(100, 999_999_999),
    )
    .option("--node <name>", "a node to look at, once for each; all where none is named", collect)
    .addOption(
      new Option("--stack <name>", "the stack that counts; else the selected one, or PROXMOX_VE_…").conflicts(
        "endpoint",
      ),
    )
    .option("--json", "print the findings as JSON, for programs")
    .action(async (options: CheckOptions) => {
      process.exitCode = await run(options);
    });
  addClusterFlags(check);
};

async function run({ json = false, ...options }: CheckOptions): Promise<number> {
  const [{ checkCluster }, { findingsReport }] = await Promise.all([
    import("../cluster-check/check-cluster.ts"),
    import("../output/findings-report.ts"),
  ]);
  const connection = await open(options);
  try {
    const findings = await checkCluster(connection, scopeOf(options));
    const lines = json
      ? [JSON.stringify({ findings }, undefined, 2)]
      : findingsReport(findings, process.stdout.columns);
    process.stdout.write(`${lines.join("\n")}\n`);
    return findings.some(({ state }) => state === "missing") ? 1 : 0;
  } finally {
    await connection.client.close();
  }
}

function scopeOf({ storage, bridge, pool, template, node }: CheckOptions): CheckScope {
  return {
    storage,
    bridge,
    ...(pool === undefined ? {} : { pool }),
    ...(template === undefined ? {} : { template }),
    ...(node === undefined ? {} : { nodes: node }),
  };
}

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

function collect(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}

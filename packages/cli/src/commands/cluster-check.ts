import type { AddCommand } from "./add-command.ts";

interface CheckOptions {
  readonly cluster: string;
  readonly storage: string;
  readonly bridge: string;
  readonly pool?: string;
  readonly template?: string;
  readonly stack?: string;
  readonly json?: boolean;
}

/** `coppice cluster check`: what the configured token, account and storage lack, and what that disables. */
export const addClusterCheck: AddCommand = (program) => {
  const cluster = program.command("cluster").description("look at a configured Proxmox VE cluster");
  cluster
    .command("check")
    .description("show which rights, commands and storages are missing, and what that disables")
    .requiredOption("--storage <id>", "the storage that is to carry the seats' disks")
    .option("--cluster <name>", "the cluster's name in the configuration", "main")
    .option("--bridge <name>", "the bridge of the seats", "vmbr0")
    .option("--pool <id>", "the Proxmox pool that the seats are to be members of")
    .option("--template <vmid>", "the template of the class, for a token that may read few machines")
    .option("--stack <name>", "the stack whose configuration counts; else the selected one, or PROXMOX_VE_…")
    .option("--json", "print the findings as JSON, for programs")
    .action(async (options: CheckOptions) => {
      process.exitCode = await check(options);
    });
};

async function check({ cluster: name, stack, json = false, ...scope }: CheckOptions): Promise<number> {
  const [{ openClusters }, { checkCluster }, { readStackClusters }, { findingsReport }] = await Promise.all([
    import("@coppice/clusters/connections"),
    import("../cluster-check/check-cluster.ts"),
    import("../project/stack-clusters.ts"),
    import("../output/findings-report.ts"),
  ]);
  const folder = process.cwd();
  const configured = await readStackClusters(folder, stack);
  const options = { environment: process.env, folder, secret: configured?.secret === true };
  const connection = await (await openClusters(configured?.text, options)).get(name);
  try {
    const findings = await checkCluster(connection, scope);
    const text = json ? JSON.stringify({ findings }, undefined, 2) : findingsReport(findings).join("\n");
    process.stdout.write(`${text}\n`);
    return findings.some(({ state }) => state === "missing") ? 1 : 0;
  } finally {
    await connection.client.close();
  }
}

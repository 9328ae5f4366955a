import type { AddCommand } from "./add-command.ts";

/** `coppice cluster list`: the registered clusters, and whether they answer. */
export const addClusterList: AddCommand = (cluster) => {
  cluster
    .command("list")
    .description("show the registered clusters, and whether they answer")
    .option("--json", "as JSON, for programs")
    .action(async ({ json = false }: { json?: boolean }) => {
      const [{ listClusters }, { clusterTable }, { registryFolder }] = await Promise.all([
        import("../registry/list-clusters.ts"),
        import("../output/cluster-table.ts"),
        import("../registry/registry-folder.ts"),
      ]);
      const clusters = await listClusters(registryFolder(process.env), process.env);
      const lines = json ? [JSON.stringify({ clusters }, undefined, 2)] : clusterTable(clusters);
      process.stdout.write(`${lines.join("\n")}\n`);
    });
};

import { CoppiceError } from "@coppice/core";
import type { Asking } from "../new-cluster/asking.ts";
import type { AddCommand } from "./add-command.ts";
import { whileAsking } from "./while-asking.ts";

interface RemoveOptions {
  readonly yes?: boolean;
}

/** `coppice cluster remove <name>`: takes a cluster out of the registry; nothing is changed on the cluster itself. */
export const addClusterRemove: AddCommand = (cluster) => {
  cluster
    .command("remove")
    .description("take a cluster out of the registry; the cluster itself is not touched")
    .argument("<name>", "a cluster that `list` shows")
    .option("--yes", "without a question")
    .action(async (name: string, options: RemoveOptions) => {
      process.exitCode = await whileAsking(async (asking) => await remove(name, options, asking));
    });
};

async function remove(name: string, { yes = false }: RemoveOptions, asking: Asking): Promise<number> {
  const [{ assertUnused, removeCluster }, { readCluster }, { registryFolder }] = await Promise.all([
    import("../registry/remove-cluster.ts"),
    import("../registry/read-cluster.ts"),
    import("../registry/registry-folder.ts"),
  ]);
  const { environment, questions } = asking;
  const folder = registryFolder(environment);
  const { file } = await readCluster(folder, name);
  await assertUnused(name, environment);
  if (!yes && questions === undefined) throw unasked(name);
  if (!yes && (await questions?.confirm(`Take '${name}' out of the registry (${file})?`)) !== true) return 1;
  await removeCluster(folder, name, environment);
  process.stdout.write(`'${name}' is no longer registered. Its API token is still valid on the cluster.\n`);
  return 0;
}

function unasked(name: string): CoppiceError {
  return new CoppiceError("command.unasked", {
    what: `'${name}' is still registered`,
    why: "nobody can be asked here whether that is meant",
    wayOut: "Give --yes",
  });
}

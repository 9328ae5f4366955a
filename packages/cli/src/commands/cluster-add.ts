import type { Asking } from "../new-cluster/asking.ts";
import type { AddCommand } from "./add-command.ts";
import { addCheckFlags, type CheckFlags, scopeOf } from "./flags/check-flags.ts";
import { addClusterFlags, type ClusterFlags, wishOf } from "./flags/cluster-flags.ts";
import { whileAsking } from "./while-asking.ts";

type AddOptions = ClusterFlags & CheckFlags;

/** `coppice cluster add <name>`: registers a cluster, after all of it was tried. */
export const addClusterAdd: AddCommand = (cluster) => {
  const command = cluster
    .command("add")
    .description("register a cluster that answers as it is told; on a terminal, asks for what is not given")
    .argument("<name>", "its name, by which documents know it");
  addClusterFlags(command);
  addCheckFlags(command, { storage: "optional" }).action(async (name: string, options: AddOptions) => {
    process.exitCode = await whileAsking(async (asking) => await add(name, options, asking));
  });
};

async function add(name: string, options: AddOptions, asking: Asking): Promise<number> {
  const [{ addCluster, assertFree }, { newCluster }, { openGiven }, { refused }, registry, { printCheck }] =
    await Promise.all([
      import("../registry/add-cluster.ts"),
      import("../new-cluster/new-cluster.ts"),
      import("../new-cluster/open-given.ts"),
      import("../new-cluster/refused.ts"),
      import("../registry/registry-folder.ts"),
      import("./print-check.ts"),
    ]);
  const { environment } = asking;
  const folder = registry.registryFolder(environment);
  // Before anybody is asked for anything.
  await assertFree(folder, name);
  const wish = wishOf(options);
  const made = await newCluster(wish, asking);
  if (made === undefined) throw refused("No address is given", "Give it by --endpoint");
  // Rights can be granted later; what does not answer at all has been refused by now.
  await printCheck(await openGiven(made.tried, { wish, environment }), scopeOf(options));
  const file = await addCluster(folder, name, made);
  process.stdout.write(`\nRegistered as '${name}' in ${file}\n`);
  return 0;
}

import type { AddCommand } from "./add-command.ts";
import { addClusterAdd } from "./cluster-add.ts";
import { addClusterCheck } from "./cluster-check.ts";
import { addClusterList } from "./cluster-list.ts";
import { addClusterRemove } from "./cluster-remove.ts";
import { addClusterRotateToken } from "./cluster-rotate-token.ts";
import { addClusterTest } from "./cluster-test.ts";

const commands: readonly AddCommand[] = [
  addClusterAdd,
  addClusterCheck,
  addClusterList,
  addClusterRemove,
  addClusterRotateToken,
  addClusterTest,
];

/** `coppice cluster …`: the clusters that are registered, and a look at any. */
export const addCluster: AddCommand = (program) => {
  const cluster = program.command("cluster").description("register Proxmox VE clusters, and look at them");
  for (const add of commands) add(cluster);
};

import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { guestIndex } from "../../guests/guest-index.ts";
import { kindNames } from "../../guests/guest-kind.ts";
import { die } from "../../kernel/pve-error.ts";
import { configPath, lockConfig } from "../config/config-file.ts";

/**
 * Takes an id by writing a configuration that holds nothing but `lock: create`; one caller wins
 * (qemu-server 9.2.6, create_and_lock_config).
 */
export async function reserveVmid(cluster: Cluster, node: Node, vmid: number): Promise<void> {
  const complaint = `unable to create VM ${vmid} -`;
  await lockConfig(
    cluster,
    node,
    vmid,
    async () => {
      const holder = guestIndex(cluster).find(vmid);
      if (holder !== undefined) {
        const { word } = kindNames[holder.kind];
        die(`${complaint} ${word} ${vmid} already exists on node '${holder.node}'`);
      }
      await cluster.latency.spend("config-write", node.name, cluster.stopped);
      node.files.write(configPath(node.name, vmid), "lock: create\n");
    },
    { timeoutMs: 5000 },
  );
}

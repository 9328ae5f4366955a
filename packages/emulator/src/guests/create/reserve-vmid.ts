import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { die } from "../../kernel/pve-error.ts";
import { lockConfig } from "../state/config-lock.ts";
import { configPath, guestStore } from "../state/guest-store.ts";

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
      const holder = guestStore(cluster).find(vmid);
      if (holder !== undefined) {
        const kind = holder.kind === "lxc" ? "CT" : "VM";
        die(`${complaint} ${kind} ${vmid} already exists on node '${holder.node}'`);
      }
      await cluster.latency.spend("config-write", node.name, cluster.stopped);
      node.files.write(configPath(node.name, vmid), "lock: create\n");
    },
    { timeoutMs: 5000 },
  );
}

import { CoppiceError } from "@coppice/core";
import { listNodes } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { runOrders } from "../node-program/run-orders.ts";

/** Members of pools that no machine is any more, as far as somebody could look. */
export interface FormerMembers {
  readonly members: readonly { readonly vmid: number; readonly pool: string }[];
  readonly unseen: readonly string[];
}

/** Asks a node, since Proxmox's API shows members alone that are there; without SSH nobody is asked. */
export async function readFormerMembers(cluster: OpenCluster): Promise<FormerMembers> {
  if (cluster.settings.ssh === undefined) return { members: [], unseen: [] };
  try {
    const node = (await listNodes(cluster.client)).find(({ status }) => status === "online")?.node ?? "";
    const answer = (await runOrders(cluster, node, [["members", "members"]])).get("members");
    if (answer?.error !== undefined) throw answer.error;
    return { members: (answer?.detail ?? "").split(" ").flatMap(memberOf), unseen: [] };
  } catch (error) {
    const unseen = `Members of pools without a machine were not looked for: ${CoppiceError.of(error).sentence}`;
    return { members: [], unseen: [unseen] };
  }
}

function memberOf(text: string): { vmid: number; pool: string }[] {
  const [, vmid, pool] = /^(\d+)=(.+)$/.exec(text) ?? [];
  return vmid === undefined || pool === undefined ? [] : [{ vmid: Number(vmid), pool }];
}

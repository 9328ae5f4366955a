import { createHash } from "node:crypto";
import type { Call } from "../api/call.ts";
import { notImplemented } from "../api/not-implemented.ts";
import type { Route } from "../api/route.ts";
import { cfsLock } from "../cluster/locks.ts";
import { PveError } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";

/** Lists that are empty as long as nothing of their kind can be made here. */
const emptyLists = [
  "/cluster/backup-info/not-backed-up",
  "/cluster/replication",
  "/cluster/metrics/server",
  "/cluster/acme/account",
  "/cluster/acme/plugins",
  "/cluster/jobs/realm-sync",
  "/cluster/firewall/groups",
  "/cluster/firewall/aliases",
  "/cluster/firewall/ipset",
  "/cluster/firewall/rules",
  "/cluster/sdn/zones",
  "/cluster/sdn/vnets",
  "/cluster/sdn/controllers",
];
const emptyNodeLists = [
  "lxc",
  "aplinfo",
  "hardware/pci",
  "hardware/usb",
  "disks/list",
  "replication",
  "apt/versions",
];

function empty(path: string): Route {
  const onNode = path.startsWith("/nodes/");
  return {
    method: "GET",
    path,
    permission: "user",
    ...(onNode ? { onNode: true as const } : {}),
    params: onNode ? { node: commonParams.node } : {},
    additional: true,
    handle: () => [],
  };
}

/** The lock comes before the parameters, and without quorum nothing else does (recorded, multinode 8.4 n 466). */
function refuseAlias({ cluster, node }: Call): Promise<never> {
  return cfsLock(cluster, node, "firewall-cluster", () =>
    notImplemented(cluster, "POST", "/cluster/firewall/aliases"),
  );
}

/** Areas that exist but hold nothing yet. */
export const quietRoutes: readonly Route[] = [
  ...emptyLists.map(empty),
  ...emptyNodeLists.map((name) => empty(`/nodes/{node}/${name}`)),
  {
    method: "POST",
    path: "/cluster/firewall/aliases",
    permission: { perm: "/", privs: ["Sys.Modify"] },
    worker: true,
    params: {},
    additional: true,
    handle: refuseAlias,
  },
  {
    method: "GET",
    path: "/nodes/{node}/subscription",
    permission: "user",
    onNode: true,
    params: { node: commonParams.node },
    // Recorded, cluster 8.4 n 176: the id is a hash of the server's own key.
    handle: ({ node }) => ({
      status: "notfound",
      message: "There is no subscription key",
      serverid: createHash("md5").update(node.root).digest("hex").toUpperCase(),
      url: "https://www.proxmox.com/en/proxmox-virtual-environment/pricing",
    }),
  },
  {
    method: "GET",
    path: "/nodes/{node}/ceph/status",
    permission: "user",
    onNode: true,
    params: { node: commonParams.node },
    handle: () => {
      throw new PveError(500, "binary not installed: /usr/bin/ceph-mon");
    },
  },
];

import type { Route } from "../api/route.ts";
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
  "certificates/info",
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

/** Areas that exist but hold nothing yet. */
export const quietRoutes: readonly Route[] = [
  ...emptyLists.map(empty),
  ...emptyNodeLists.map((name) => empty(`/nodes/{node}/${name}`)),
  {
    method: "GET",
    path: "/nodes/{node}/subscription",
    permission: "user",
    onNode: true,
    params: { node: commonParams.node },
    handle: () => ({
      status: "notfound",
      message: "There is no subscription key",
      url: "https://www.proxmox.com",
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

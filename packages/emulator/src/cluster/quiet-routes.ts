import { PveError, die } from "../kernel/pve-error.ts";
import type { Call, Route } from "../kernel/route.ts";
import { commonParams } from "../schema/common-params.ts";

/** Lists that are empty as long as nothing of their kind can be made here. */
const emptyLists = [
  "/cluster/ha/resources",
  "/cluster/backup",
  "/cluster/backup-info/not-backed-up",
  "/cluster/replication",
  "/cluster/metrics/server",
  "/cluster/mapping/pci",
  "/cluster/mapping/usb",
  "/cluster/mapping/dir",
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
const emptyNodeLists = ["lxc", "aplinfo", "hardware/pci", "hardware/usb", "disks/list", "replication", "certificates/info", "apt/versions"];

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

function haStatus(call: Call): unknown[] {
  const { cluster, entry } = call;
  const quorate = cluster.quorate(entry);
  const quorum = {
    id: "quorum",
    type: "quorum",
    node: entry.name,
    quorate: quorate ? 1 : 0,
    status: quorate ? "OK" : `No quorum on node '${entry.name}'!`,
  };
  if (!cluster.version.features.haRules) return [quorum];
  const status = "standby (CRM watchdog standby)";
  return [quorum, { id: "fencing", type: "fencing", node: entry.name, "armed-state": "standby", status }];
}

function managerStatus(call: Call): unknown {
  const quorate = call.cluster.quorate(call.entry) ? "1" : "0";
  return { quorum: { quorate, node: call.entry.name }, manager_status: { node_status: {} } };
}

function groups(call: Call): unknown {
  if (call.cluster.version.features.haRules) die("cannot index groups: ha groups have been migrated to rules");
  return [];
}

const audit = { perm: "/", privs: ["Sys.Audit"] } as const;

/** Areas that exist but hold nothing yet. */
export const quietRoutes: readonly Route[] = [
  ...emptyLists.map(empty),
  ...emptyNodeLists.map((name) => empty(`/nodes/{node}/${name}`)),
  { method: "GET", path: "/cluster/ha/status/current", permission: audit, params: {}, handle: haStatus },
  { method: "GET", path: "/cluster/ha/status/manager_status", permission: audit, params: {}, handle: managerStatus },
  { method: "GET", path: "/cluster/ha/groups", permission: audit, params: {}, handle: groups },
  { method: "GET", path: "/cluster/ha/rules", permission: audit, params: {}, versions: ["9.2"], handle: () => [] },
  {
    method: "GET",
    path: "/nodes/{node}/subscription",
    permission: "user",
    onNode: true,
    params: { node: commonParams.node },
    handle: () => ({ status: "notfound", message: "There is no subscription key", url: "https://www.proxmox.com" }),
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

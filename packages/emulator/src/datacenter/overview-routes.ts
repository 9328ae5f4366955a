import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { fingerprintOf } from "../certificates/fingerprint.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { clusterLog } from "../cluster/cluster-log.ts";
import { guestIndex } from "../guests/guest-index.ts";
import { badParameters, die } from "../kernel/pve-error.ts";
import { commonParams, optional } from "../schema/common-params.ts";
import { nextIdRange } from "./datacenter-config.ts";
import { nodeRows, nodeState, resourceRows } from "./resources.ts";

/** `GET /version`, of the cluster and of a node. */
export function versionOf(cluster: Cluster): Record<string, string> {
  const { version, release, repoid } = cluster.version;
  return { version, release, repoid };
}

/** On 9.2 a cluster of one configuration version is not told apart from a node alone (recordings, multinode n 14). */
function status(call: Call): unknown[] {
  const { cluster, entry } = call;
  const { membership } = cluster;
  const isLate = cluster.version.features.lateCluster && membership?.configVersion === 1;
  if (membership === undefined || isLate) {
    const { name, address } = entry;
    return [
      { id: `node/${name}`, type: "node", name, nodeid: 0, ip: address, online: 1, local: 1, level: "" },
    ];
  }
  const head = {
    id: "cluster",
    type: "cluster",
    name: membership.clusterName,
    version: membership.configVersion,
    nodes: membership.members.length,
    quorate: cluster.quorate(entry) ? 1 : 0,
  };
  const members = membership.members.map((member) => {
    const node = cluster.nodes.get(member.name);
    return {
      id: `node/${member.name}`,
      type: "node",
      name: member.name,
      nodeid: member.nodeid,
      online: node === undefined || nodeState(cluster, entry, node) === "online" ? 1 : 0,
      local: member.name === entry.name ? 1 : 0,
      level: "",
      ...(node === undefined ? {} : { ip: node.address }),
    };
  });
  return [head, ...members];
}

/** The lowest free id of the configured range; nothing is reserved. A text, not a number. */
function nextId(call: Call): string {
  const { cluster, params } = call;
  const wanted = params.optionalInt("vmid");
  const store = guestIndex(cluster);
  if (wanted !== undefined) {
    if (store.find(wanted) !== undefined) throw badParameters({ vmid: `VM ${wanted} already exists` });
    return String(wanted);
  }
  const { lower, upper } = nextIdRange(cluster);
  for (let vmid = lower; vmid < upper; vmid += 1) {
    if (store.find(vmid) === undefined) return String(vmid);
  }
  return die(`unable to get any free VMID in range [${lower}, ${upper - 1}]`);
}

function nodes(call: Call): unknown[] {
  const { cluster, identity } = call;
  const audits = (node: string) => cluster.allow(identity, `/nodes/${node}`, ["Sys.Audit"]);
  // A node that was removed is gone from here at once (recordings, multinode n 769).
  const known = nodeRows(call, audits).filter(
    ({ node, status }) => status !== "unknown" || node === call.entry.name,
  );
  return known.map((row) => ({ ...row, ssl_fingerprint: fingerprintOf(cluster, String(row["node"])) }));
}

/** What a client asks first. */
export const overviewRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/version",
    permission: "user",
    params: {},
    handle: (call) => versionOf(call.cluster),
  },
  {
    method: "GET",
    path: "/cluster/status",
    permission: { perm: "/", privs: ["Sys.Audit"] },
    worker: true,
    params: {},
    handle: status,
  },
  {
    method: "GET",
    path: "/cluster/resources",
    permission: "user",
    params: { type: { type: "string", enum: ["vm", "storage", "node", "sdn"], optional: true } },
    handle: resourceRows,
  },
  {
    method: "GET",
    path: "/cluster/nextid",
    permission: "user",
    params: { vmid: optional(commonParams.vmid) },
    handle: nextId,
  },
  { method: "GET", path: "/nodes", permission: "user", params: {}, handle: nodes },
  {
    method: "GET",
    path: "/cluster/log",
    permission: "user",
    params: { max: { type: "integer", minimum: 1, optional: true } },
    handle: (call) => clusterLog(call.cluster).latest(call.params.optionalInt("max") ?? 50),
  },
];

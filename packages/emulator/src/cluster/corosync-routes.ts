import { createHash } from "node:crypto";
import { PveError, die } from "../kernel/pve-error.ts";
import type { Call, Route } from "../kernel/route.ts";
import { startTask } from "../tasks/start-task.ts";
import { corosyncFile, formatCorosync, type Member, type Membership, membershipOf } from "./membership.ts";
import { fingerprintOf } from "./fingerprint.ts";

function totemOf(membership: Membership): Record<string, unknown> {
  return { ...membership.totem, interface: { 0: { linknumber: "0" } } };
}

function configured(call: Call): unknown[] {
  const members = membershipOf(call.cluster)?.members ?? [];
  return members.map(({ name, nodeid, address, votes }) => ({
    name,
    node: name,
    nodeid: String(nodeid),
    ring0_addr: address,
    ...(call.cluster.nodes.has(name) ? { quorum_votes: String(votes) } : {}),
  }));
}

function joinInfo(call: Call): unknown {
  const { cluster } = call;
  const membership = membershipOf(cluster);
  if (membership === undefined) throw new PveError(424, "node is not in a cluster, no join info available!");
  const wanted = call.params.optionalText("node") ?? call.entry.name;
  if (!membership.members.some((member) => member.name === wanted)) die(`unknown node '${wanted}'`);
  return {
    config_digest: createHash("sha1").update(cluster.files.read(corosyncFile) ?? "").digest("hex"),
    preferred_node: wanted,
    totem: totemOf(membership),
    nodelist: membership.members.map(({ name, nodeid, address, votes }) => ({
      name,
      nodeid: String(nodeid),
      ring0_addr: address,
      pve_addr: cluster.nodes.get(name)?.address ?? address,
      pve_fp: fingerprintOf(cluster, name),
      quorum_votes: String(votes),
    })),
  };
}

/** The log lines are those of corosync-keygen and pvecm (recordings, multinode n 11). */
function create(call: Call): Promise<string> {
  const { cluster, node, params } = call;
  if (membershipOf(cluster) !== undefined) die("cluster config '/etc/pve/corosync.conf' already exists");
  const name = params.text("clustername");
  const member: Member = { name: node.name, nodeid: 1, address: node.address, votes: 1 };
  return startTask(cluster, { node, identity: call.identity, type: "clustercreate", id: name }, async (task) => {
    task.log("Corosync Cluster Engine Authentication key generator.");
    task.log("Gathering 2048 bits for key from /dev/urandom.");
    task.log("Writing corosync key to /etc/corosync/authkey.");
    task.log("Writing corosync config to /etc/pve/corosync.conf");
    node.files.write(corosyncFile, formatCorosync(name, [member], 1));
    task.log("Restart corosync and cluster filesystem");
  });
}

const audit = { perm: "/", privs: ["Sys.Audit"] } as const;

/** The cluster's make-up. */
export const corosyncRoutes: readonly Route[] = [
  { method: "GET", path: "/cluster/config/nodes", permission: audit, params: {}, handle: configured },
  {
    method: "GET",
    path: "/cluster/config/totem",
    permission: audit,
    params: {},
    handle: (call) => {
      const membership = membershipOf(call.cluster);
      return membership === undefined ? null : totemOf(membership);
    },
  },
  {
    method: "GET",
    path: "/cluster/config/join",
    permission: audit,
    worker: true,
    params: { node: { type: "string", format: "pve-node", optional: true } },
    handle: joinInfo,
  },
  { method: "GET", path: "/cluster/config/apiversion", permission: audit, params: {}, handle: () => "1" },
  {
    method: "POST",
    path: "/cluster/config",
    permission: "root",
    worker: true,
    params: {
      clustername: { type: "string", format: "pve-node", maxLength: 15 },
      nodeid: { type: "integer", minimum: 1, optional: true },
      votes: { type: "integer", minimum: 1, optional: true },
      link0: { type: "string", optional: true },
      link1: { type: "string", optional: true },
    },
    handle: create,
  },
];

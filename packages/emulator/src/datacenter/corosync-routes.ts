import { createHash } from "node:crypto";
import { accessOf } from "../access/access.ts";
import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { fingerprintOf } from "../certificates/fingerprint.ts";
import {
  corosyncFile,
  formatCorosync,
  type Member,
  type Membership,
  totemOfNew,
} from "../cluster/corosync.ts";
import { die, PveError } from "../kernel/pve-error.ts";
import { startTask } from "../tasks/tasks.ts";

function totemOf(membership: Membership): Record<string, unknown> {
  return { ...membership.totem, interface: { 0: { linknumber: "0" } } };
}

function configured(call: Call): unknown[] {
  const members = call.cluster.membership?.members ?? [];
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
  const membership = cluster.membership;
  if (membership === undefined) throw new PveError(424, "node is not in a cluster, no join info available!");
  const wanted = call.params.optionalText("node") ?? call.entry.name;
  if (!membership.members.some((member) => member.name === wanted)) die(`unknown node '${wanted}'`);
  return {
    config_digest: createHash("sha1")
      .update(cluster.files.read(corosyncFile) ?? "")
      .digest("hex"),
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
  if (cluster.membership !== undefined) die("cluster config '/etc/pve/corosync.conf' already exists");
  const name = params.text("clustername");
  const member: Member = { name: node.name, nodeid: 1, address: node.address, votes: 1 };
  return startTask(
    cluster,
    { node, identity: call.identity, type: "clustercreate", id: name },
    async (task) => {
      task.log("Corosync Cluster Engine Authentication key generator.");
      task.log("Gathering 2048 bits for key from /dev/urandom.");
      task.log("Writing corosync key to /etc/corosync/authkey.");
      task.log("Writing corosync config to /etc/pve/corosync.conf");
      node.files.write(
        corosyncFile,
        formatCorosync({
          clusterName: name,
          members: [member],
          configVersion: 1,
          totem: totemOfNew(cluster.version),
        }),
      );
      task.log("Restart corosync and cluster filesystem");
    },
  );
}

/** Joins the entry node to the cluster it names (pve-cluster, ClusterConfig.pm; recordings, multinode n 16 to 22). */
function join(call: Call): Promise<string> {
  const { cluster, entry, params } = call;
  const host = params.text("hostname");
  return startTask(
    cluster,
    { node: entry, identity: call.identity, type: "clusterjoin", id: "" },
    async (task) => {
      task.log(`Establishing API connection with host '${host}'`);
      const peer = [...cluster.nodes.values()].find((node) => node.address === host || node.name === host);
      if (peer === undefined) die(`500 Can't connect to ${host}:8006 (No route to host)`);
      const fingerprint = params.text("fingerprint");
      if (fingerprint.toUpperCase() !== fingerprintOf(cluster, peer.name))
        die(`fingerprint '${fingerprint}' not verified, abort!`);
      if (!accessOf(cluster).checkPassword("root@pam", params.text("password")))
        die("401 authentication failure");
      const membership = cluster.membership ?? die("500 node is not in a cluster, no join info available!");
      if (membership.members.some((member) => member.name === entry.name))
        die(`can't add node '${entry.name}' - already in cluster`);
      task.log("Login succeeded.");
      task.log("check cluster join API version");
      task.log("Request addition of this node");
      const nodeid = Math.max(...membership.members.map((member) => member.nodeid)) + 1;
      const members = [...membership.members, { name: entry.name, nodeid, address: entry.address, votes: 1 }];
      cluster.files.write(
        corosyncFile,
        formatCorosync({ ...membership, members, configVersion: membership.configVersion + 1 }),
      );
      cluster.files.makeGuestFolders(entry.name);
      task.log("Join request OK, finishing setup locally");
      task.log("stopping pve-cluster service");
      task.log("waiting for quorum...OK");
      task.log(`successfully added node '${entry.name}' to cluster.`);
    },
  );
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
      const membership = call.cluster.membership;
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
  {
    method: "POST",
    path: "/cluster/config/join",
    permission: "root",
    worker: true,
    params: {
      hostname: { type: "string" },
      fingerprint: { type: "string", pattern: "(?:[A-Fa-f0-9]{2}:){31}[A-Fa-f0-9]{2}" },
      password: { type: "string", maxLength: 128 },
      nodeid: { type: "integer", minimum: 1, optional: true },
      votes: { type: "integer", minimum: 0, optional: true },
      force: { type: "boolean", optional: true },
      link0: { type: "string", optional: true },
      link1: { type: "string", optional: true },
    },
    handle: join,
  },
];

import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";

type Names = string | ((call: Call) => string);

const rootNames = "version cluster nodes storage access pools";
const clusterNames = (call: Call) => {
  const nine = call.cluster.version.features.haRules;
  return `acme backup backup-info ${nine ? "bulk-action " : ""}ceph config firewall ha jobs log mapping metrics notifications nextid options ${nine ? "qemu " : ""}replication resources status tasks sdn`;
};
const nodeNames = (call: Call) => {
  const nine = call.cluster.version.features.haRules;
  const registry = nine ? "query-oci-repo-tags " : "";
  return `aplinfo apt capabilities ceph certificates config disks dns firewall hardware hosts journal lxc migrateall netstat network qemu ${registry}query-url-metadata replication report rrd rrddata scan ${nine ? "sdn " : ""}services spiceshell startall status stopall storage subscription suspendall syslog tasks termproxy time version vncshell vzdump wakeonlan${nine ? "" : " sdn"}`;
};

function index(path: string, key: string, names: Names): Route {
  return {
    method: "GET",
    path,
    permission: "user",
    params: {},
    ...(path.startsWith("/nodes/") ? { onNode: true as const } : {}),
    handle: (call) =>
      (typeof names === "string" ? names : names(call)).split(" ").map((name) => ({ [key]: name })),
  };
}

/** What lies below a path; the key differs from path to path (recordings, cluster). */
export const indexRoutes: readonly Route[] = [
  index("/", "subdir", rootNames),
  index("/cluster", "name", clusterNames),
  index("/nodes/{node}", "name", nodeNames),
  index("/cluster/config", "name", "nodes totem join qdevice apiversion"),
  index("/cluster/jobs", "subdir", "schedule-analyze realm-sync"),
  index("/cluster/ha", "id", "status resources groups rules"),
  index("/cluster/metrics", "name", "server export"),
  index("/cluster/mapping", "name", "pci usb dir"),
  index("/cluster/acme", "name", "plugins account tos directories challenge-schema"),
  index("/cluster/notifications", "name", "endpoints targets matchers"),
  index("/cluster/notifications/endpoints", "name", "gotify sendmail smtp webhook"),
  index("/nodes/{node}/scan", "method", (call) =>
    call.cluster.version.features.glusterfs
      ? "cifs glusterfs iscsi lvm nfs pbs zfs"
      : "cifs iscsi lvm nfs pbs zfs",
  ),
  index("/nodes/{node}/capabilities", "name", "qemu"),
  index("/nodes/{node}/capabilities/qemu", "name", "cpu machines migration"),
];

import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { withTotal } from "../api/route.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";

/** The services of a node by release (recordings, misc: the enumeration of an unknown service), with what systemd calls them. */
const descriptions: Readonly<Record<string, string>> = {
  corosync: "Corosync Cluster Engine",
  cron: "Regular background program processing daemon",
  "pve-cluster": "The Proxmox VE cluster filesystem",
  "pve-firewall": "Proxmox VE firewall",
  "pve-ha-crm": "PVE Cluster HA Resource Manager Daemon",
  "pve-ha-lrm": "PVE Local HA Resource Manager Daemon",
  pvedaemon: "PVE API Daemon",
  pveproxy: "PVE API Proxy Server",
  pvescheduler: "Proxmox VE scheduler",
  pvestatd: "PVE Status Daemon",
  sshd: "OpenBSD Secure Shell server",
  "systemd-journald": "Journal Service",
};
const commonNames =
  "chrony corosync cron ksmtuned postfix pve-cluster pve-firewall pve-ha-crm pve-ha-lrm pvedaemon pvefw-logger pveproxy pvescheduler pvestatd spiceproxy sshd syslog systemd-journald systemd-timesyncd";
const newNames =
  "chrony corosync cron ksmtuned lxcfs postfix proxmox-firewall pve-cluster pve-firewall pve-ha-crm pve-ha-lrm pve-lxc-syscalld pvedaemon pvefw-logger pveproxy pvescheduler pvestatd qmeventd spiceproxy sshd syslog systemd-journald systemd-timesyncd";

const namesByVersion = { "8.4": commonNames.split(" "), "9.2": newNames.split(" ") } as const;

/** Until trixie Debian's postfix was an instance of a template (recordings, cluster n 173). */
function unitOf(name: string, version: "8.4" | "9.2"): string {
  return name === "postfix" && version === "8.4" ? "postfix@-" : name;
}

function row({ node, cluster }: Call, name: string): Record<string, string> {
  const version = cluster.version.id;
  const description = descriptions[name];
  if (description === undefined) {
    return {
      name,
      service: name,
      desc: `${unitOf(name, version)}.service`,
      state: "dead",
      "active-state": "inactive",
      "unit-state": "not-found",
    };
  }
  const stopped = node.stoppedServices.has(name);
  const state = stopped ? "dead" : "running";
  return {
    name,
    service: name,
    desc: description,
    state,
    "active-state": stopped ? "inactive" : "active",
    "unit-state": "enabled",
  };
}

function list(call: Call): unknown[] {
  return namesByVersion[call.cluster.version.id].map((name) => row(call, name));
}

const node: ParamTable = { node: commonParams.node };
const audit = { perm: "/nodes/{node}", privs: ["Sys.Audit"] } as const;
const syslog = { perm: "/nodes/{node}", privs: ["Sys.Syslog"] } as const;
const { text } = commonParams;
const number = { type: "integer", minimum: 0, optional: true } as const;

function stateRoutes(version: "8.4" | "9.2"): Route[] {
  const params: ParamTable = { ...node, service: { type: "string", enum: namesByVersion[version] } };
  const path = "/nodes/{node}/services/{service}";
  const index = ["state", "start", "stop", "restart", "reload"].map((subdir) => ({ subdir }));
  const common = { method: "GET", permission: audit, onNode: true, params, versions: [version] } as const;
  return [
    { ...common, path, handle: () => index },
    {
      ...common,
      path: `${path}/state`,
      worker: true,
      handle: (call) => row(call, call.params.text("service")),
    },
  ];
}

/** A node's services and its logs. */
export const serviceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/services",
    permission: audit,
    onNode: true,
    worker: true,
    params: node,
    handle: list,
  },
  ...stateRoutes("8.4"),
  ...stateRoutes("9.2"),
  {
    method: "GET",
    path: "/nodes/{node}/syslog",
    permission: syslog,
    onNode: true,
    worker: true,
    params: { ...node, start: number, limit: number, since: text, until: text, service: text },
    handle: () => withTotal([{ n: 1, t: "-- No entries --" }], 1),
  },
  {
    method: "GET",
    path: "/nodes/{node}/journal",
    permission: syslog,
    onNode: true,
    worker: true,
    params: {
      ...node,
      since: number,
      until: number,
      lastentries: number,
      startcursor: text,
      endcursor: text,
    },
    handle: () => [],
  },
];

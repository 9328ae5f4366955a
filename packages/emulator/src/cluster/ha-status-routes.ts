import { guestStore } from "../guests/state/guest-store.ts";
import type { Call } from "../kernel/call.ts";
import type { Route } from "../kernel/route.ts";
import { haFiles, readHa } from "./ha-store.ts";

function quorum(call: Call): unknown {
  const { cluster, entry } = call;
  const quorate = cluster.quorate(entry);
  const status = quorate ? "OK" : `No quorum on node '${entry.name}'!`;
  return { id: "quorum", type: "quorum", node: entry.name, quorate: quorate ? 1 : 0, status };
}

/** A managed guest as the manager sees it before it has acted: it never acts here. */
function service(call: Call, vmid: string, type: string, options: Readonly<Record<string, string>>): unknown {
  const sid = `${type}:${vmid}`;
  const node = guestStore(call.cluster).find(Number(vmid))?.node ?? "";
  return {
    id: `service:${sid}`,
    type: "service",
    sid,
    node,
    state: "queued",
    request_state: options["state"] ?? "started",
    status: `${sid} (${node}, queued)`,
    max_restart: Number(options["max_restart"] ?? 1),
    max_relocate: Number(options["max_relocate"] ?? 1),
    ...(call.cluster.version.features.haRules ? { failback: Number(options["failback"] ?? 1) } : {}),
    ...(options["comment"] === undefined ? {} : { comment: options["comment"] }),
  };
}

function current(call: Call): unknown[] {
  const { cluster, entry } = call;
  const { sections } = readHa(cluster, haFiles.resources);
  const services = [...sections].map(([vmid, { type, options }]) => service(call, vmid, type, options));
  if (!cluster.version.features.haRules) return [quorum(call), ...services];
  const status = "standby (CRM watchdog standby)";
  return [
    quorum(call),
    { id: "fencing", type: "fencing", node: entry.name, "armed-state": "standby", status },
    ...services,
  ];
}

function managerStatus(call: Call): unknown {
  const quorate = call.cluster.quorate(call.entry) ? "1" : "0";
  return { quorum: { quorate, node: call.entry.name }, manager_status: { node_status: {} } };
}

const audit = { perm: "/", privs: ["Sys.Audit"] } as const;
const path = "/cluster/ha/status";

/** What HA shows of itself. */
export const haStatusRoutes: readonly Route[] = [
  {
    method: "GET",
    path,
    permission: audit,
    params: {},
    handle: (call) => {
      const arming = call.cluster.version.features.haRules ? ["disarm-ha", "arm-ha"] : [];
      return ["current", "manager_status", ...arming].map((name) => ({ name }));
    },
  },
  { method: "GET", path: `${path}/current`, permission: audit, params: {}, handle: current },
  { method: "GET", path: `${path}/manager_status`, permission: audit, params: {}, handle: managerStatus },
];

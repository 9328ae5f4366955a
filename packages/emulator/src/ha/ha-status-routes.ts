import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { guestIndex } from "../guests/guest-index.ts";
import { type HaService, spokenState } from "./ha-service.ts";
import { type LrmStatus, type ManagerStatus, readLrm, readManager } from "./ha-status.ts";
import { haFiles, readHa, requestedState } from "./ha-store.ts";

type Options = Readonly<Record<string, string>>;

function quorum(call: Call): unknown {
  const { cluster, entry } = call;
  const quorate = cluster.quorate(entry);
  const status = quorate ? "OK" : `No quorum on node '${entry.name}'!`;
  return { id: "quorum", type: "quorum", node: entry.name, quorate: quorate ? 1 : 0, status };
}

/** As Perl's `localtime` prints it: `Sat Nov 21 00:42:14 2026`. */
function spokenTime(seconds: number): string {
  const [day = "", date = "", month = "", year = "", time = ""] = new Date(seconds * 1000)
    .toUTCString()
    .split(/,? /);
  return `${day} ${month} ${date.replace(/^0/, " ")} ${time} ${year}`;
}

/** More than half a minute without a sign is too long (pve-ha-manager, API2/HA/Status.pm). */
function isOld({ cluster }: Call, timestamp: number): boolean {
  return cluster.seconds() - timestamp > 30;
}

function master(call: Call, { master_node: node, timestamp }: ManagerStatus): unknown {
  const word = isOld(call, timestamp) ? "old timestamp - dead?" : "active";
  const status = `${node} (${word}, ${spokenTime(timestamp)})`;
  return { id: "master", type: "master", node, status, timestamp };
}

function lrm(call: Call, node: string, { state, timestamp }: LrmStatus): unknown {
  const old = isOld(call, timestamp);
  const active = state === "active";
  const word = old ? "old timestamp - dead?" : active ? "active" : "idle";
  const watchdog = call.cluster.version.features.haRules
    ? `watchdog ${active && !old ? "active" : "standby"}, `
    : "";
  const status = `${node} (${word}, ${watchdog}${spokenTime(timestamp)})`;
  return { id: `lrm:${node}`, type: "lrm", node, status, timestamp };
}

function asked(call: Call, options: Options): Record<string, unknown> {
  return {
    max_restart: Number(options["max_restart"] ?? 1),
    max_relocate: Number(options["max_relocate"] ?? 1),
    request_state: requestedState(options),
    ...(call.cluster.version.features.haRules ? { failback: Number(options["failback"] ?? 1) } : {}),
    ...(options["comment"] === undefined ? {} : { comment: options["comment"] }),
    ...(options["group"] === undefined ? {} : { group: options["group"] }),
  };
}

/** A managed guest: what the manager knows of it, and what is asked for. */
function service(call: Call, sid: string, known: HaService | undefined, options: Options | undefined) {
  const node = known?.node ?? guestIndex(call.cluster).find(Number(sid.slice(3)))?.node ?? "---";
  const state = spokenState(known, options === undefined ? undefined : requestedState(options));
  return {
    id: `service:${sid}`,
    type: "service",
    sid,
    node,
    state,
    status: `${sid} (${node}, ${state})`,
    ...(known === undefined ? {} : { crm_state: known.state }),
    ...(options === undefined ? {} : asked(call, options)),
  };
}

function services(call: Call, status: ManagerStatus | undefined): unknown[] {
  const { sections } = readHa(call.cluster, haFiles.resources);
  const options = new Map([...sections].map(([id, section]) => [`${section.type}:${id}`, section.options]));
  const known = status?.service_status ?? {};
  const fresh = [...options.keys()].filter((sid) => known[sid] === undefined);
  const sids = [...Object.keys(known).sort(), ...fresh.sort()];
  return sids.map((sid) => service(call, sid, known[sid], options.get(sid)));
}

function fencing(call: Call, status: ManagerStatus | undefined): unknown[] {
  if (!call.cluster.version.features.haRules) return [];
  const common = { id: "fencing", type: "fencing", node: status?.master_node ?? call.entry.name };
  return status === undefined
    ? [{ ...common, "armed-state": "standby", status: "standby (CRM watchdog standby)" }]
    : [{ ...common, "armed-state": "armed", status: "armed (CRM watchdog active)" }];
}

function current(call: Call): unknown[] {
  const status = readManager(call.cluster);
  const lrms = Object.keys(status?.node_status ?? {}).sort();
  return [
    quorum(call),
    ...(status === undefined ? [] : [master(call, status)]),
    ...fencing(call, status),
    ...lrms.flatMap((node) => {
      const own = readLrm(call.cluster, node);
      const unread = `${node} (unable to read lrm status)`;
      return own === undefined
        ? [{ id: `lrm:${node}`, type: "lrm", node, status: unread }]
        : [lrm(call, node, own)];
    }),
    ...services(call, status),
  ];
}

function wholeStatus({ cluster, entry }: Call): unknown {
  const quorum = { quorate: cluster.quorate(entry) ? "1" : "0", node: entry.name };
  const status = readManager(cluster);
  if (status === undefined) return { quorum, manager_status: { node_status: {} } };
  const nodes = Object.keys(status.node_status);
  const lrmStatus = Object.fromEntries(nodes.map((node) => [node, readLrm(cluster, node)]));
  return { quorum, manager_status: status, lrm_status: lrmStatus };
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
  { method: "GET", path: `${path}/manager_status`, permission: audit, params: {}, handle: wholeStatus },
];

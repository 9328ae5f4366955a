import { accessOf } from "../../access/access.ts";
import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import { perCluster } from "../../cluster/per-cluster.ts";
import { demandVncTicket, waitForClient } from "../../guests/console-ticket.ts";
import { PveError } from "../../kernel/pve-error.ts";
import { commonParams } from "../../schema/common-params.ts";
import type { ParamTable } from "../../schema/param-table.ts";
import { startTask } from "../../tasks/tasks.ts";
import { loadConfig } from "../config/config-file.ts";
import { guestPath } from "../options/machine-params.ts";

const firstPort = 5900;
const letters = "!#%+-.0123456789:=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ^_abcdefghijklmnopqrstuvwxyz";

/** Nobody else is given a port for so long, and while its console waits (pve-common, PVE/Tools.pm next_unused_port). */
const reservedMs = 5000;

/** Ports by node, and until when each is taken. */
const taken = perCluster(() => new Map<string, Map<number, number>>());

/** The lowest free port; `leave` tells that its console has ended. */
function takePort(cluster: Cluster, node: string): { readonly port: number; readonly leave: () => void } {
  const ports = taken(cluster).get(node) ?? new Map<number, number>();
  taken(cluster).set(node, ports);
  const now = cluster.clock.now();
  let port = firstPort;
  while ((ports.get(port) ?? 0) > now) port += 1;
  ports.set(port, Number.POSITIVE_INFINITY);
  return { port, leave: () => void ports.set(port, now + reservedMs) };
}

/** Makes a ticket and a port; the port is a text. Nothing listens there: the websocket is the way in. */
async function vncProxy(call: Call): Promise<unknown> {
  const { cluster, node, identity } = call;
  const vmid = call.params.int("vmid");
  loadConfig(cluster, node, vmid);
  const path = `/vms/${vmid}`;
  const { port, leave } = takePort(cluster, node.name);
  const ticket = accessOf(cluster).tickets.issueVnc(identity.userid, path, cluster.seconds(node));
  const upid = await startTask(
    cluster,
    { node, identity, type: "vncproxy", id: String(vmid) },
    async (task) => {
      task.log(`starting vnc proxy ${task.upid}`);
      await waitForClient(cluster, ticket, task.signal).finally(leave);
    },
  );
  const password = Array.from({ length: 8 }, () => cluster.random.pick(letters.split(""))).join("");
  const secret = call.params.flag("websocket") ? { password, ticket: `${password}:${ticket}` } : { ticket };
  return {
    user: identity.userid,
    port: String(port),
    upid,
    cert: cluster.files.read("pve-root-ca.pem") ?? "",
    ...secret,
  };
}

const guest: ParamTable = { node: commonParams.node, vmid: commonParams.vmid };
const common = { permission: { perm: "/vms/{vmid}", privs: ["VM.Console"] }, onNode: true } as const;

/** Consoles as far as their tickets: what a client sees after the upgrade is a greeting and no picture. */
export const vncRoutes: readonly Route[] = [
  {
    ...common,
    method: "POST",
    path: `${guestPath}/vncproxy`,
    worker: true,
    params: { ...guest, websocket: commonParams.flag, "generate-password": commonParams.flag },
    handle: vncProxy,
  },
  {
    ...common,
    method: "GET",
    path: `${guestPath}/vncwebsocket`,
    params: {
      ...guest,
      vncticket: { type: "string", maxLength: 512 },
      port: { type: "integer", minimum: 5900, maximum: 5999 },
    },
    handle: (call) => {
      demandVncTicket(call);
      throw new PveError(500, "this is a websocket: send 'Upgrade: websocket'");
    },
  },
];

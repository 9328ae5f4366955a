import { accessOf } from "../access/access.ts";
import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { perCluster } from "../cluster/per-cluster.ts";
import { guestStore } from "../guests/state/guest-store.ts";
import { die, PveError } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";
import { startTask } from "../tasks/tasks.ts";

/** A console waits so long for its one client (qemu-server, API2/Qemu.pm vncproxy). */
const waitMs = 10_000;
const firstPort = 5900;
/** Tickets whose console still waits for its client, and how to tell that it came. */
const waiting = perCluster(() => new Map<string, () => void>());

/** Tells the console of a ticket that its client has come. */
export function enterConsole(cluster: Cluster, ticket: string): void {
  waiting(cluster).get(bareTicket(ticket))?.();
}

/** A graphical console's ticket has its password in front. */
function bareTicket(ticket: string): string {
  return ticket.slice(Math.max(0, ticket.indexOf("PVEVNC:")));
}

/** Waits for the one client; without it the task ends as a failure. */
async function waitForClient(cluster: Cluster, ticket: string, signal: AbortSignal): Promise<void> {
  const entered = new Promise<"entered">((resolve) => waiting(cluster).set(ticket, () => resolve("entered")));
  try {
    const outcome = await Promise.race([entered, cluster.clock.sleep(waitMs, signal)]);
    if (outcome !== "entered") die("connection timed out");
  } finally {
    waiting(cluster).delete(ticket);
  }
}

const letters = "!#%+-.0123456789:=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ^_abcdefghijklmnopqrstuvwxyz";

function demandGuest(call: Call): number {
  const vmid = call.params.int("vmid");
  if (guestStore(call.cluster).config(call.node.name, vmid) !== undefined) return vmid;
  return die(`Configuration file 'nodes/${call.node.name}/qemu-server/${vmid}.conf' does not exist`);
}

/** Makes a ticket and a port; the port is a text. Nothing listens there: the websocket is the way in. */
async function vncProxy(call: Call): Promise<unknown> {
  const { cluster, node, identity } = call;
  const vmid = demandGuest(call);
  const path = `/vms/${vmid}`;
  const taken = cluster.tasks.running().filter((task) => task.type === "vncproxy").length;
  const port = firstPort + taken;
  const ticket = accessOf(cluster).tickets.issueVnc(identity.userid, path, cluster.seconds(node));
  const upid = await startTask(
    cluster,
    { node, identity, type: "vncproxy", id: String(vmid) },
    async (task) => {
      task.log(`starting vnc proxy ${task.upid}`);
      await waitForClient(cluster, ticket, task.signal);
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

/** Throws 401 unless the ticket was made for this user and guest. */
export function demandVncTicket(call: Pick<Call, "cluster" | "node" | "identity" | "params">): void {
  const ticket = call.params.optionalText("vncticket") ?? "";
  const path = `/vms/${call.params.optionalText("vmid") ?? ""}`;
  const { cluster, node, identity } = call;
  const now = cluster.seconds(node);
  if (accessOf(cluster).tickets.verifyVnc(identity.userid, path, bareTicket(ticket), now)) return;
  throw new PveError(401, "permission denied - invalid PVEVNC ticket");
}

const guest: ParamTable = { node: commonParams.node, vmid: commonParams.vmid };
const common = { permission: { perm: "/vms/{vmid}", privs: ["VM.Console"] }, onNode: true } as const;
const base = "/nodes/{node}/qemu/{vmid}";

/** Consoles as far as their tickets: what a client sees after the upgrade is a greeting and no picture. */
export const consoleRoutes: readonly Route[] = [
  {
    ...common,
    method: "POST",
    path: `${base}/vncproxy`,
    worker: true,
    params: { ...guest, websocket: commonParams.flag, "generate-password": commonParams.flag },
    handle: vncProxy,
  },
  {
    ...common,
    method: "GET",
    path: `${base}/vncwebsocket`,
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
  {
    ...common,
    method: "POST",
    path: `${base}/spiceproxy`,
    worker: true,
    params: { ...guest, proxy: { type: "string", format: "address", optional: true } },
    handle: (call) => {
      demandGuest(call);
      return die("no spice port");
    },
  },
];

import { accessOf } from "../access/access.ts";
import type { Call } from "../api/call.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { perCluster } from "../cluster/per-cluster.ts";
import { die, PveError } from "../kernel/pve-error.ts";

/** A console waits so long for its one client (qemu-server, API2/Qemu.pm vncproxy). */
const waitMs = 10_000;

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
export async function waitForClient(cluster: Cluster, ticket: string, signal: AbortSignal): Promise<void> {
  const entered = new Promise<"entered">((resolve) => waiting(cluster).set(ticket, () => resolve("entered")));
  try {
    const outcome = await Promise.race([entered, cluster.clock.sleep(waitMs, signal)]);
    if (outcome !== "entered") die("connection timed out");
  } finally {
    waiting(cluster).delete(ticket);
  }
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

import { corosyncFile, formatCorosync } from "../../cluster/corosync.ts";
import type { CommandArgs, CommandContext } from "./command-context.ts";

/** `pvecm status|nodes|expected|delnode`: what corosync says (recordings, group multinode). */
export async function pvecm(context: CommandContext, args: CommandArgs): Promise<number> {
  const [verb, value] = args;
  if (verb === "status") return status(context);
  if (verb === "nodes") return nodes(context);
  if (verb === "expected") {
    context.cluster.expectedVotes = Number(value);
    return 0;
  }
  if (verb === "delnode") return removeNode(context, value ?? "");
  context.output.err(`ERROR: unknown command 'pvecm ${verb ?? ""}'\n`);
  return 255;
}

/** Takes a node out of corosync.conf; its folder below /etc/pve/nodes stays. */
function removeNode({ cluster, node, output }: CommandContext, name: string): number {
  const { membership } = cluster;
  const leaving = membership?.members.find((member) => member.name === name);
  if (membership === undefined || leaving === undefined) {
    output.err(`Node/IP: ${name} is not a known host of the cluster.\n`);
    return 255;
  }
  const members = membership.members.filter((member) => member !== leaving);
  const configVersion = membership.configVersion + 1;
  node.files.write(corosyncFile, formatCorosync({ ...membership, members, configVersion }));
  output.out(`Killing node ${leaving.nodeid}\n`);
  // corosync-cfgtool of a node that is not there (recorded, multinode 9.2 n 767).
  const isSeen = cluster.nodes.get(name) !== undefined && cluster.sees(node, cluster.node(name));
  if (!isSeen) output.err("Could not kill node (error = CS_ERR_NOT_EXIST)\n");
  return 0;
}

function nodes({ cluster, node, output }: CommandContext): number {
  output.out("\nMembership information\n----------------------\n    Nodeid      Votes Name\n");
  for (const each of cluster.knownNodes(node)) {
    if (!cluster.sees(node, each)) continue;
    output.out(
      `${String(each.index + 1).padStart(10)}          1 ${each.name}${each === node ? " (local)" : ""}\n`,
    );
  }
  return 0;
}

function status({ cluster, node, output }: CommandContext): number {
  const { membership } = cluster;
  if (membership === undefined) {
    output.err(
      "Error: Corosync config '/etc/pve/corosync.conf' does not exist - is this node part of a cluster?\n",
    );
    return 2;
  }
  const visible = cluster.knownNodes(node).filter((each) => cluster.sees(node, each));
  const votes = cluster.expectedVotes ?? membership.members.length;
  const isQuorate = cluster.quorate(node);
  const section = (title: string, rows: readonly (readonly [string, string | number])[]) =>
    output.out(
      `${title}\n${"-".repeat(title.length)}\n${rows.map(([key, value]) => `${`${key}:`.padEnd(18)}${value}\n`).join("")}\n`,
    );
  section("Cluster information", [
    ["Name", membership.clusterName],
    ["Config Version", membership.configVersion],
    ["Transport", "knet"],
    ["Secure auth", "on"],
  ]);
  section("Quorum information", [
    ["Date", systemDate(cluster.seconds(node) * 1000)],
    ["Quorum provider", "corosync_votequorum"],
    ["Nodes", visible.length],
    ["Node ID", `0x${String(node.index + 1).padStart(8, "0")}`],
    ["Ring ID", "1.9"],
    ["Quorate", isQuorate ? "Yes" : "No"],
  ]);
  section("Votequorum information", [
    ["Expected votes", votes],
    ["Highest expected", votes],
    ["Total votes", visible.length],
    ["Quorum", `${Math.floor(votes / 2) + 1}${isQuorate ? "" : " Activity blocked"}`],
    ["Flags", isQuorate ? "Quorate" : ""],
  ]);
  output.out("Membership information\n----------------------\n    Nodeid      Votes Name\n");
  for (const each of visible) {
    output.out(
      `${`0x${String(each.index + 1).padStart(8, "0")}`.padStart(10)}          1 ${each.address}${each === node ? " (local)" : ""}\n`,
    );
  }
  return 0;
}

/** `Sat Nov 21 00:24:44 2026`, as ctime prints. */
function systemDate(at: number): string {
  const [day = "", date = "", month = "", year = "", time = ""] = new Date(at)
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${day} ${month} ${date.replace(/^0/, " ")} ${time} ${year}`;
}

export async function pveversion({ cluster, output }: CommandContext): Promise<number> {
  const { version, repoid, kernel } = cluster.version;
  output.out(`pve-manager/${version}/${repoid} (running kernel: ${kernel})\n`);
  return 0;
}

/** `systemctl start|stop|restart|is-active`: which services run is the node's state; what depends on them follows. */
export async function systemctl(
  { node, output }: CommandContext,
  [verb = "", ...services]: CommandArgs,
): Promise<number> {
  const named = services.map((service) => service.replace(/\.service$/, ""));
  if (verb === "is-active") {
    const isActive = named.every((service) => !node.stoppedServices.has(service));
    output.out(`${isActive ? "active" : "inactive"}\n`);
    return isActive ? 0 : 3;
  }
  if (!["start", "stop", "restart"].includes(verb)) {
    output.err(`systemctl: '${verb}' is not imitated by the emulator\n`);
    return 1;
  }
  for (const service of named) {
    if (verb === "stop") node.stoppedServices.add(service);
    else node.stoppedServices.delete(service);
  }
  return 0;
}

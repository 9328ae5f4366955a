import { CoppiceError } from "@coppice/core";
import type { SshNode } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { type NodeAnswer, type NodeOrder, nodeCommand, nodeInput, parseNodeAnswer } from "./node-program.ts";

/** What a node answered to a batch of orders, by the orders' keys. */
export type NodeAnswers = ReadonlyMap<string, NodeAnswer>;

/** Every batch says first whose markers are ours and which storage it is about. */
export function storageOrders(mark: string, storage: string): NodeOrder[] {
  return [
    ["mark", mark],
    ["storage", storage],
  ];
}

/**
 * Runs a batch of orders on a node: one channel of the node's one connection.
 *
 * @throws CoppiceError `pool.node-program` when the batch as a whole could not be carried out
 */
export async function runOrders(
  cluster: OpenCluster,
  node: string,
  orders: readonly NodeOrder[],
): Promise<NodeAnswers> {
  const shell = shellOf(cluster, node);
  const output = await shell.capture({ script: `exec ${nodeCommand}`, stdin: nodeInput(orders) });
  const answers = output.split("\n").flatMap((line) => parseNodeAnswer(line) ?? []);
  const refused = answers.find(({ word, key }) => word === "fail" && isCommon(orders, key));
  if (refused !== undefined || answers.at(-1)?.key !== "end") {
    throw new CoppiceError("pool.node-program", {
      what: `Work on the files of node '${node}' was not done`,
      why: refused?.detail ?? "the program on the node ended early",
      wayOut:
        "Look at the storage and the SSH account with 'coppice cluster check', then run the operation again",
    });
  }
  return new Map(answers.map((answer) => [answer.key, answer]));
}

/** Orders that every other order of the batch stands on, and the final sync. */
function isCommon(orders: readonly NodeOrder[], key: string): boolean {
  const common = new Set(["mark", "storage", "base"]);
  return key === "sync" || orders.some(([order, first]) => common.has(order) && String(first) === key);
}

function shellOf(cluster: OpenCluster, node: string): SshNode {
  const shell = cluster.ssh(node);
  if (shell !== undefined) return shell;
  throw new CoppiceError("pool.no-ssh", {
    what: `Cluster '${cluster.settings.name}' has no SSH access to node '${node}'`,
    why: "overlays are files, and only SSH can make them",
    wayOut: "Configure 'ssh' for the cluster, or set 'method' to \"linked\"",
  });
}

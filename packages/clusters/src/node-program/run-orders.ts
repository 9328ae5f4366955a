import { CoppiceError } from "@coppice/core";
import { SshError, type SshNode } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { folderMarker } from "../ownership/folder-marker.ts";
import { brokenAnswers, CHANGING, hasDone, SYNCED, syncOrders } from "./broken-batch.ts";
import { type NodeOrder, nodeInput } from "./node-program.ts";
import { type NodeAnswer, Transcript } from "./transcript.ts";

/** What a node answered to a batch of orders, by the orders' keys. */
export type NodeAnswers = ReadonlyMap<string, NodeAnswer>;

/** Every batch says first whose markers are ours and which storage it is about. */
export function storageOrders(mark: string, storage: string): NodeOrder[] {
  return [
    ["mark", mark, folderMarker(mark)],
    ["storage", storage],
  ];
}

/**
 * Runs a batch of orders on a node: one channel of the node's one connection. Each answer is handed on as it comes, for
 * progress; what counts is what is answered in the end, when all of it has reached the disk.
 *
 * A batch that broke off after it had changed something is answered too: what it did stands, and each order that it did
 * not come to is a `fail` with the reason.
 *
 * @throws CoppiceError `pool.node-program`, or the connection's own, where nothing was done
 */
export async function runOrders(
  cluster: OpenCluster,
  node: string,
  orders: readonly NodeOrder[],
  onAnswer?: (answer: NodeAnswer) => void,
): Promise<NodeAnswers> {
  const shell = shellOf(cluster, node);
  const said = new Transcript(node);
  const cause = await hear({ shell, node }, orders, said, onAnswer);
  if (said.isWhole) return said.answers;
  if (cause === undefined || said.stop !== undefined) throw notDone(node, said.stop);
  if (!hasDone(CHANGING, orders, said)) throw cause;
  const isSynced = !hasDone(SYNCED, orders, said) || (await sync({ shell, node }, orders, said));
  return brokenAnswers(orders, said, { cause, isSynced });
}

/** A node, and who speaks to it. */
interface Spoken {
  readonly shell: SshNode;
  readonly node: string;
}

/** Answers why the program did not come to its end. The program does nothing on another node than the one meant. */
async function hear(
  { shell, node }: Spoken,
  orders: readonly NodeOrder[],
  said: Transcript,
  onAnswer?: (answer: NodeAnswer) => void,
): Promise<SshError | undefined> {
  try {
    await shell.run({ perl: nodeInput([["node", node], ...orders]) }, (line) => {
      const answer = said.take(line);
      if (answer !== undefined) onAnswer?.(answer);
    });
    return undefined;
  } catch (error) {
    if (SshError.is(error)) return error;
    throw error;
  }
}

/**
 * Has what a broken-off batch made reach the disk, on a new connection. A node that was started anew meanwhile may have
 * lost it.
 */
async function sync(to: Spoken, orders: readonly NodeOrder[], { boot }: Transcript): Promise<boolean> {
  const said = new Transcript(to.node);
  await hear(to, syncOrders(orders), said);
  return said.isWhole && said.boot === boot;
}

function notDone(node: string, why = "the program on the node ended early"): CoppiceError {
  return new CoppiceError("pool.node-program", {
    what: `Work on the files of node '${node}' was not done`,
    why,
    wayOut:
      "Look at the storage and the SSH account with 'coppice cluster check', then run the operation again",
  });
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

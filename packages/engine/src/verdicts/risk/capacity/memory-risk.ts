import { type ClusterCapacity, sizeWords } from "@coppice/core";
import type { NodeLoad, RiskFinding } from "../terms/risk-verdict.ts";
import type { ClusterShift } from "./cluster-shift.ts";

/** How nodes are loaded afterwards; empty where no machine comes and none grows. */
export function nodeLoads(cluster: string, { nodes }: ClusterCapacity, shift: ClusterShift): NodeLoad[] {
  if (![...shift.nodes.values()].some(({ memory, made }) => memory > 0 || made.length > 0)) return [];
  return nodes.map(({ node, isOnline, memory, promised }) => {
    const { memory: more = 0, made = [] } = shift.nodes.get(node) ?? {};
    const total = memory === undefined ? {} : { memory };
    return { cluster, node, isOnline, ...total, promised, promisedAfter: promised + more, made };
  });
}

/** Nodes that have less memory than their machines may take, and what the loss of one means. */
export function findLackOfMemory(loads: readonly NodeLoad[]): RiskFinding[] {
  const online = loads.filter(({ isOnline }) => isOnline);
  const unknown = online.filter(({ memory }) => memory === undefined);
  return [
    ...online.flatMap(findOverloaded),
    ...(unknown.length > 0 ? unknownMemory(unknown) : findLostNode(loads, online)),
  ];
}

function findOverloaded(load: NodeLoad): RiskFinding[] {
  const { cluster, node, memory, promised, promisedAfter, made } = load;
  if (memory === undefined || promisedAfter <= memory || promisedAfter <= promised) return [];
  return [
    {
      kind: "memory",
      severity: "warning",
      cluster,
      reason: `The machines of ${node} may take ${sizeWords(promisedAfter)} of memory, and it has ${sizeWords(memory)}: not all of them can run.`,
      seats: made,
      nodes: [node],
      figures: { memory, promised, promisedAfter, made: made.length },
    },
  ];
}

function unknownMemory(unknown: readonly NodeLoad[]): RiskFinding[] {
  const nodes = unknown.map(({ node }) => node);
  const reason = `How much memory ${nodes.join(", ")} ${nodes.length === 1 ? "has" : "have"} is not known (the token needs Sys.Audit on it), nor whether the machines would fit with a node lost.`;
  const cluster = unknown[0]?.cluster ?? "";
  return [{ kind: "memory", severity: "note", cluster, reason, seats: [], nodes, figures: {} }];
}

/** The greatest node away: whether what it may run fits on the others. Where there is one node only there are no others. */
function findLostNode(loads: readonly NodeLoad[], online: readonly NodeLoad[]): RiskFinding[] {
  const [lost, ...others] = online.toSorted((a, b) => (b.memory ?? 0) - (a.memory ?? 0));
  if (lost === undefined || loads.length === 1) return [];
  const room = others.reduce((sum, { memory = 0 }) => sum + memory, 0);
  const sum = (of: (load: NodeLoad) => number) => online.reduce((total, load) => total + of(load), 0);
  const [before, after] = [sum(({ promised }) => promised), sum(({ promisedAfter }) => promisedAfter)];
  if (after <= room) return [];
  const elsewhere = others.length === 0 ? "no other node is online" : `the others have ${sizeWords(room)}`;
  return [
    {
      kind: "node-lost",
      // What was so before this change is no news.
      severity: before > room ? "note" : "warning",
      cluster: lost.cluster,
      reason: `With ${lost.node} lost, not all machines could run: together they may take ${sizeWords(after)} of memory, and ${elsewhere}.`,
      seats: lost.made,
      nodes: [lost.node],
      figures: { room, promised: before, promisedAfter: after, lost: lost.memory ?? 0 },
    },
  ];
}

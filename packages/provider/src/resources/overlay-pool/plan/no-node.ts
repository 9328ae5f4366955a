import { unknownNodes } from "@coppice/clusters";
import { CoppiceError, type NodeCapacity, type OverlayPoolInputs } from "@coppice/core";
import { holdsGeneration } from "./holds-generation.ts";

type Wanting = Pick<OverlayPoolInputs, "cluster" | "class" | "base" | "nodes">;

/** Why none of a cluster's nodes can take a class's seats, and what would help. */
export function noNode(inputs: Wanting, nodes: readonly NodeCapacity[]): CoppiceError {
  const wanted = nodes.filter(({ node }) => inputs.nodes?.includes(node) ?? true);
  const unknown = unknownNodes(inputs.cluster, inputs.nodes ?? [], { nodes });
  return new CoppiceError("pool.no-node", {
    what: `No node can take the seats of class '${inputs.class}'`,
    ...(unknown ?? unfitNodes(inputs, wanted)),
  });
}

interface Cause {
  readonly why: string;
  readonly wayOut: string;
}

function unfitNodes({ base, nodes: named }: Wanting, wanted: readonly NodeCapacity[]): Cause {
  const reasons = wanted.map(({ node, state }) => {
    const lacks = holdsGeneration(base, node) ? [] : [`has no copy of generation ${base.number}`];
    return `${node} ${[...(state === "online" ? [] : [`is ${stateWords(state)}`]), ...lacks].join(" and ")}`;
  });
  const isAway = wanted.some(({ node, state }) => state !== "online" && holdsGeneration(base, node));
  const others = named === undefined ? "" : ", or name others in 'nodes'";
  if (isAway) return { why: reasons.join("; "), wayOut: `Bring a node back${others}` };
  const holders = Object.keys(base.copies).join(", ");
  return {
    why: `${reasons.join("; ")}: it lies on ${holders}, and storage '${base.storage}' is not shared`,
    wayOut: `Use a node that has it (${holders}), or a shared 'storage'`,
  };
}

function stateWords(state: NodeCapacity["state"]): string {
  return state === "maintenance" ? "in maintenance" : state;
}

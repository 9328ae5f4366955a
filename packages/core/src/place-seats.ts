/** What a node offers and what is already promised on it, stopped guests included. */
export interface NodeCapacity {
  readonly node: string;
  readonly state: "online" | "offline" | "maintenance";
  /** Memory of the node and the sum of all its guests' maxima, in bytes. */
  readonly memoryTotal: number;
  readonly memoryCommitted: number;
  /** Processors of the node and the sum of all its guests' processors. */
  readonly coresTotal: number;
  readonly coresCommitted: number;
}

/** What one seat takes: what `seatDemand` computes, or whatever else is to be spread. */
interface PlacedDemand {
  readonly memory: number;
  readonly processors: number;
}

const MEMORY_WEIGHT = 0.7;
const CORES_WEIGHT = 0.3;

/**
 * Spreads seats over nodes: each goes to the node that would be freest after taking it, memory counting
 * 70 % and processors 30 %. Nodes that are offline or in maintenance take none. Ties go to the first name,
 * so the same cluster always gives the same plan.
 *
 * @returns one node name per seat, in order; empty when no node can take any.
 * @example placeSeats(3, { memory: 4 * GiB, processors: 2 }, nodes) // ["pve2", "pve1", "pve2"]
 */
export function placeSeats(count: number, demand: PlacedDemand, nodes: readonly NodeCapacity[]): string[] {
  const candidates = nodes
    .filter((node) => node.state === "online")
    .map((node) => ({ ...node }))
    .sort((a, b) => (a.node < b.node ? -1 : 1));
  const placed: string[] = [];
  for (let seat = 0; seat < count; seat += 1) {
    const best = freest(candidates, demand);
    if (best === undefined) return [];
    best.memoryCommitted += demand.memory;
    best.coresCommitted += demand.processors;
    placed.push(best.node);
  }
  return placed;
}

type Candidate = { -readonly [Key in keyof NodeCapacity]: NodeCapacity[Key] };

function freest(candidates: readonly Candidate[], demand: PlacedDemand): Candidate | undefined {
  let best: Candidate | undefined;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    const score = freeScore(candidate, demand);
    if (score > bestScore) [best, bestScore] = [candidate, score];
  }
  return best;
}

/** Free share after taking the demand; below zero when the node is overcommitted, which still compares. */
function freeScore(node: NodeCapacity, demand: PlacedDemand): number {
  const memory = 1 - (node.memoryCommitted + demand.memory) / node.memoryTotal;
  const cores = 1 - (node.coresCommitted + demand.processors) / node.coresTotal;
  return MEMORY_WEIGHT * memory + CORES_WEIGHT * cores;
}

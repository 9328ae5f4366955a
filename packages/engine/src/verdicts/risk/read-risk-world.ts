import { type ClusterCapacity, CoppiceError, type SeatFate } from "@coppice/core";
import type { DocumentVerdict } from "../../changes/change-verdict.ts";
import type { OperationParts } from "../../operation/operation-parts.ts";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import type { RiskWorld, Unread } from "./terms/risk-world.ts";

/**
 * Reads what the risk of a preview is judged by: where machines or disks come, each cluster once. A cluster that does not
 * answer is told as that: the preview stands without it.
 */
export async function readRiskWorld(
  parts: Pick<OperationParts, "capacityOf">,
  stacks: readonly StackVerdict[],
  signal: AbortSignal,
): Promise<RiskWorld> {
  const asked = signal.aborted ? [] : stacks;
  const growing = asked.filter(({ verdict }) => verdict.documents.some(isGrowing));
  const clusters = [...new Set(growing.map(({ cluster }) => cluster))];
  const capacities = clusters.map(
    async (cluster) => [cluster, await capacityOf(parts, cluster, signal)] as const,
  );
  return { capacities: Object.fromEntries(await Promise.all(capacities)), now: Date.now() };
}

/** What is refused is not made, and seats that stay as they are or leave ask for nothing. */
function isGrowing({ change, seats, copies = [] }: DocumentVerdict): boolean {
  if (change !== "create" && change !== "update") return false;
  return copies.length > 0 || seats.some((seat) => !IDLE.has(seat.change));
}

const IDLE: ReadonlySet<SeatFate> = new Set<SeatFate>(["kept", "deferred", "running", "leftover", "removed"]);

async function capacityOf(
  parts: Pick<OperationParts, "capacityOf">,
  cluster: string,
  signal: AbortSignal,
): Promise<ClusterCapacity | Unread> {
  try {
    return await parts.capacityOf(cluster, signal);
  } catch (error) {
    if (signal.aborted || !CoppiceError.is(error)) throw error;
    return { unread: error.message };
  }
}

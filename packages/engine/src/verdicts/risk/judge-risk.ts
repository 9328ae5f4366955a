import type { ClusterCapacity } from "@coppice/core";
import type { DocumentVerdict } from "../../changes/change-verdict.ts";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import { type ClusterShift, clusterShift } from "./capacity/cluster-shift.ts";
import { findLackOfMemory, nodeLoads } from "./capacity/memory-risk.ts";
import { findFullStorages, findLocalDisks, storageLoads } from "./capacity/storage-risk.ts";
import type { ChangedDocument } from "./seats/changed-document.ts";
import { findLosses } from "./seats/data-loss.ts";
import { findGenerationsInUse } from "./seats/generations.ts";
import { findRestarts } from "./seats/restarts.ts";
import { takeOver, takeOverOfStack } from "./seats/taken-over.ts";
import { findUnprotected } from "./seats/unprotected.ts";
import { recordedMachines, recordedPools } from "./terms/recorded-pools.ts";
import { type RiskFinding, type RiskVerdict, riskSeverities } from "./terms/risk-verdict.ts";
import type { RiskWorld, Unread } from "./terms/risk-world.ts";

/**
 * What a preview risks: what is lost, whom it hits, and what the cluster bears. Reads nothing: what is not known is said
 * to be so.
 *
 * @example judgeRisk(stacks, await readRiskWorld(parts, stacks, signal)).findings.filter(({ severity }) => severity === "danger")
 */
export function judgeRisk(stacks: readonly StackVerdict[], world: RiskWorld): RiskVerdict {
  const clusters = [...Map.groupBy(stacks, ({ cluster }) => cluster)].map(([cluster, group]) =>
    judgeCluster(cluster, group, world),
  );
  const findings = clusters.flatMap((each) => each.findings);
  return {
    findings: findings.toSorted((a, b) => rankOf(a) - rankOf(b)),
    nodes: clusters.flatMap(({ nodes }) => nodes),
    storages: clusters.flatMap(({ storages }) => storages),
  };
}

function rankOf({ severity }: RiskFinding): number {
  return riskSeverities.indexOf(severity);
}

function judgeCluster(
  cluster: string,
  stacks: readonly StackVerdict[],
  { capacities, now }: RiskWorld,
): RiskVerdict {
  const pools = recordedPools(stacks);
  const recorded = recordedMachines(pools);
  const documents = stacks.flatMap(({ verdict }) => verdict.documents);
  const capacity = judgeCapacity(cluster, clusterShift(documents, recorded), capacities[cluster]);
  const findings = documents
    .map((document): ChangedDocument => ({ cluster, document, recorded, now }))
    .flatMap((judged) => [
      ...findLosses(judged),
      ...findUnprotected(judged),
      ...findRestarts(judged),
      ...findGenerationsInUse(judged, pools),
      ...takeOver(judged),
    ]);
  return { ...capacity, findings: [...findings, ...capacity.findings, ...stacks.flatMap(takeOverOfStack)] };
}

function judgeCapacity(
  cluster: string,
  shift: ClusterShift,
  capacity: ClusterCapacity | Unread | undefined,
): RiskVerdict {
  const unknown = shift.unknown.map((document) => unknownDemand(cluster, document));
  if (capacity === undefined) return { findings: unknown, nodes: [], storages: [] };
  if ("unread" in capacity) {
    const reason = `Whether it fits on ${cluster} is not known: ${capacity.unread}`;
    const finding = { kind: "storage", severity: "note", cluster, reason, seats: [], figures: {} } as const;
    return { findings: [finding, ...unknown], nodes: [], storages: [] };
  }
  const [nodes, storages] = [nodeLoads(cluster, capacity, shift), storageLoads(cluster, capacity, shift)];
  const findings = [
    ...findFullStorages(storages),
    ...findLocalDisks(storages, shift, capacity.nodes.length),
    ...findLackOfMemory(nodes),
    ...unknown,
  ];
  return { findings, nodes, storages };
}

function unknownDemand(cluster: string, { kind, name, seats }: DocumentVerdict): RiskFinding {
  return {
    kind: "storage",
    severity: "note",
    cluster,
    document: { kind, name },
    reason:
      "What its seats take is not known before their generation is made: they are left out of what the cluster bears.",
    seats: seats.map((seat) => seat.name),
    figures: {},
  };
}

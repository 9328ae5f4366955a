import type { OpenCluster } from "@coppice/clusters";
import type { OverlayPoolInputs } from "@coppice/core";

type Claim = Pick<OverlayPoolInputs, "class" | "vmids">;

/** Ranges of the classes that were previewed on a connection, by resource: a connection lives for one preview. */
const claims = new WeakMap<OpenCluster, Map<string, Claim>>();

/**
 * Names the classes of the same program that make machines too and whose ranges overlap with this one's. Where none of
 * their machines exist yet, the cluster does not tell: each would be promised numbers that only one of them gets. No
 * number is said: what a class is told is not what its seats are, since the first number is the teacher's.
 */
export function sharedRanges(cluster: OpenCluster, urn: string, claim: Claim): string[] {
  const known = claims.get(cluster) ?? new Map<string, Claim>();
  claims.set(cluster, known.set(urn, claim));
  const others = [...known].filter(([other, { vmids }]) => other !== urn && overlaps(vmids, claim.vmids));
  const names = [...new Set(others.map(([, { class: name }]) => `'${name}'`))].sort();
  if (names.length === 0) return [];
  const theirs = names.length === 1 ? `that of class ${names[0]}` : `those of classes ${names.join(", ")}`;
  return [
    `The range of class '${claim.class}' overlaps with ${theirs}: each gets what the others leave, so numbers may come ` +
      "out otherwise than said here. Give each a range of its own in 'vmids'.",
  ];
}

function overlaps(one: Claim["vmids"], other: Claim["vmids"]): boolean {
  return one.from <= other.to && other.from <= one.to;
}

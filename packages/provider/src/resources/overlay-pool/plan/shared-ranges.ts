import type { OpenCluster } from "@coppice/clusters";
import type { OverlayPoolInputs } from "@coppice/core";

type Claim = Pick<OverlayPoolInputs, "class" | "vmids">;

/** Ranges of the classes that were previewed on a connection, by resource: a connection lives for one preview. */
const claims = new WeakMap<OpenCluster, Map<string, Claim>>();

/**
 * Names the classes of the same program whose ranges overlap with this one's. Where none of their machines exist yet, the
 * cluster does not tell: each would be promised numbers that only one of them gets.
 */
export function sharedRanges(cluster: OpenCluster, urn: string, claim: Claim): string[] {
  const known = claims.get(cluster) ?? new Map<string, Claim>();
  claims.set(cluster, known.set(urn, claim));
  const others = [...known].filter(([other, { vmids }]) => other !== urn && overlaps(vmids, claim.vmids));
  return others.map(([, { class: name, vmids }]) => {
    const [from, to] = [Math.max(vmids.from, claim.vmids.from), Math.min(vmids.to, claim.vmids.to)];
    return (
      `The numbers ${from}–${to} are in the range of class '${claim.class}' and in that of class '${name}': each gets ` +
      "what the other leaves, so numbers may come out otherwise than said here. Give each a range of its own in 'vmids'."
    );
  });
}

function overlaps(one: Claim["vmids"], other: Claim["vmids"]): boolean {
  return one.from <= other.to && other.from <= one.to;
}

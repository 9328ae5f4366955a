import type { ClusterVersion } from "./cluster-version.ts";

/**
 * Puts the versions of several stacks into one order and counts them through. Each stack's own order stays; of two that
 * began in the same second, the stack that is given first comes first.
 */
export function inOneOrder(histories: readonly (readonly ClusterVersion[])[]): ClusterVersion[] {
  const timed = histories.flatMap((versions) => {
    let latest = 0;
    return versions.map((version) => {
      latest = Math.max(latest, version.time ?? 0);
      return { version, moment: latest };
    });
  });
  return timed
    .sort((a, b) => a.moment - b.moment)
    .map(({ version }, index) => ({ ...version, number: index + 1 }));
}

import type { Count } from "./count-noticed.ts";

/** The outcome of a count in words: the share first, then the reasons of what went unnoticed. */
export function describeCount(pve: string, { noticed, total, excused, missed }: Count): string[] {
  const percent = ((100 * noticed) / Math.max(1, total)).toFixed(1);
  return [
    `${pve}: ${noticed} of ${total} single changes of recorded answers noticed (${percent} %)`,
    ...[...excused].sort(([, a], [, b]) => b - a).map(([reason, count]) => `  ${count} ${reason}`),
    ...missed.map((missing) => `  ! ${missing}`),
  ];
}

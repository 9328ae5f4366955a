import type { CheckFailure } from "./resource-handler.ts";

/** What is wrong with a range of vmids: Proxmox takes 100 to 999999999. */
export function findRangeProblems({
  from,
  to,
}: {
  readonly from: number;
  readonly to: number;
}): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const [field, value] of Object.entries({ from, to })) {
    if (value < 100 || value > 999_999_999) {
      failures.push({
        property: `vmids.${field}`,
        reason: `${value} is not a vmid; choose one from 100 to 999999999`,
      });
    }
  }
  if (to < from)
    failures.push({ property: "vmids.to", reason: `${to} is smaller than vmids.from, ${from}; swap them` });
  return failures;
}

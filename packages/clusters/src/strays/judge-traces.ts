import type { Ledger } from "./ledger.ts";
import { isInside } from "./recorded-stack.ts";
import type { Sight } from "./sight.ts";
import type { Stray } from "./stray.ts";

/** What still names numbers of classes that no machine has: the next machine of such a number would inherit it. */
export function judgeTraces({ ranges }: Ledger, { traces, formerMembers, guests, hidden }: Sight): Stray[] {
  const isFree = (vmid: number) => isInside(ranges, vmid) && !guests.has(vmid) && !hidden.has(vmid);
  const why =
    "A former machine left it, and the next one of that number would inherit it; new seats pass it over";
  const named = [...traces].filter(([vmid]) => isFree(vmid));
  const members = formerMembers.filter(({ vmid }) => isFree(vmid));
  return [
    ...named.map(
      ([vmid, words]): Stray => ({
        kind: "mark",
        what: `Number ${vmid} has no machine, and ${words}`,
        why,
        mend: "Take it out there: Datacenter, Permissions, HA, Backup or Replication",
        details: { vmid },
      }),
    ),
    ...members.map(
      ({ vmid, pool }): Stray => ({
        kind: "mark",
        what: `Number ${vmid} has no machine, and pool '${pool}' has it as a member`,
        why,
        mend: `Take it out: \`pvesh set /pools/${pool} --vms ${vmid} --delete 1\``,
        details: { vmid, pool },
      }),
    ),
  ];
}

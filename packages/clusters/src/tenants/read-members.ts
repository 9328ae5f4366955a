import { type Amounts, machineAmounts, memoryOf, processorsOf } from "@coppice/core";
import { type GuestConfig, type PveCaller, PveError, readGuestConfig } from "@coppice/pve";
import { driveLines, isCdrom } from "../guests/drive.ts";
import { driveSize } from "../guests/drive-size.ts";
import type { PoolMember } from "./tenant-use.ts";

/** How many configurations are asked for at the same time. */
const AT_ONCE = 4;

/**
 * The same members with what their configurations say where pvestatd has not told it yet. A machine that has just left
 * counts no more; containers, of which we read nothing, count as machines alone.
 */
export async function readMembers(
  client: PveCaller,
  members: readonly PoolMember[],
  signal?: AbortSignal,
): Promise<PoolMember[]> {
  const found: PoolMember[] = members.filter(({ amounts }) => amounts !== undefined);
  const open = members.filter(({ amounts }) => amounts === undefined);
  const work = async (): Promise<void> => {
    for (let member = open.pop(); member !== undefined; member = open.pop())
      found.push(...(await readMember(client, member, signal)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

async function readMember(
  client: PveCaller,
  member: PoolMember,
  signal: AbortSignal | undefined,
): Promise<PoolMember[]> {
  if (member.type !== "qemu") return [member];
  try {
    const config = await readGuestConfig(client, member, signal && { signal });
    return [{ ...member, amounts: configuredAmounts(config) }];
  } catch (error) {
    if (PveError.is(error, "pve.not-found")) return [];
    throw error;
  }
}

/** What a configuration comes to, with all disks that it has; of those kept beside it (`unusedN`) Proxmox writes no size. */
export function configuredAmounts({ template, values }: Pick<GuestConfig, "template" | "values">): Amounts {
  const drives = driveLines(values).filter(([, line]) => !isCdrom(line));
  return machineAmounts({
    template,
    cores: processorsOf(values),
    memory: memoryOf(values),
    storage: drives.reduce((sum, [, line]) => sum + driveSize(line), 0),
  });
}

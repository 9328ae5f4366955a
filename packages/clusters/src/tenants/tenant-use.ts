import { type Amounts, addAmounts, type Limits, machineAmounts } from "@coppice/core";
import type { Pool } from "@coppice/pve";
import { limitsIn } from "../ownership/limits-mark.ts";

/** A machine in a tenant's pool. */
export interface PoolMember {
  readonly vmid: number;
  readonly name?: string | undefined;
  readonly node: string;
  readonly type: string;
  /** What it takes; `undefined` where pvestatd has not told it yet, as within ten seconds of its making. */
  readonly amounts: Amounts | undefined;
}

/** What a tenant may use at most, and what is in its pool. */
export interface TenantUse {
  /** The tenant, whose pool has its name. */
  readonly tenant: string;
  readonly limits: Limits;
  readonly members: readonly PoolMember[];
}

/**
 * The limits and members of a pool as Proxmox listed it; `undefined` where nothing limits it. Of a member's disks Proxmox
 * lists the first alone.
 *
 * @throws CoppiceError `quota.mark`
 */
export function tenantUse(tenant: string, { comment = "", members }: Pool): TenantUse | undefined {
  const limits = limitsIn(comment, tenant);
  return limits && { tenant, limits, members: poolMembers({ members }) };
}

/** The machines in a pool. */
export function poolMembers({ members }: Pick<Pool, "members">): PoolMember[] {
  return members.flatMap(memberOf);
}

function memberOf(member: Pool["members"][number]): PoolMember[] {
  const { vmid, name, node = "", type, template, maxcpu, maxmem, maxdisk } = member;
  if (vmid === undefined) return [];
  // A round that met a machine in its making told its cores and no disk.
  const isTold = maxcpu !== undefined && maxmem !== undefined && (maxdisk ?? 0) > 0;
  const listed = { template, cores: maxcpu, memory: maxmem, storage: maxdisk };
  return [{ vmid, name, node, type, amounts: isTold ? machineAmounts(listed) : undefined }];
}

/** What machines take together; those whose figures nobody knows count as machines alone. */
export function amountsOf(members: readonly PoolMember[]): Amounts {
  return addAmounts(...members.map(({ amounts }) => amounts ?? machineAmounts({ template: false })));
}

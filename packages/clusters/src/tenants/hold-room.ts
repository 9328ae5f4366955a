import {
  type Amounts,
  addAmounts,
  changeDemand,
  judgeQuota,
  largestAmounts,
  quotaRefusal,
} from "@coppice/core";
import { type Pool, readPool } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { expectedLimits } from "./expected-tenants.ts";
import { type Promises, promisesOf } from "./promises.ts";
import { readMembers } from "./read-members.ts";
import { amountsOf, poolMembers, type TenantUse, tenantUse } from "./tenant-use.ts";

/** A pool as it was read for a run or a preview. */
export interface PoolReading {
  readonly pool: Pool;
  readonly use: TenantUse | undefined;
  readonly began: number;
  readonly mode: "run" | "preview";
}

/** What asks for room in a tenant's pool. */
export interface RoomQuestion {
  readonly urn: string;
  /** As a sentence has it: `class "networks-101"`. */
  readonly what: string;
  /** The machines that it has or is about to make. */
  readonly vmids: ReadonlySet<number>;
  /** What it has, as far as its machines are members of the pool. */
  readonly has: (isMember: (vmid: number) => boolean) => Amounts;
  /** What it may come to in all. */
  readonly wants: Amounts;
}

/** Who asks, how it is told, and when it is over. */
interface Asking {
  readonly inform: (message: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads a pool with its members and its limits in one GET; `undefined` where there is none. A preview takes the limits that a
 * tenant will have by then, where it has seen that.
 */
export async function readTenantUse(
  cluster: OpenCluster,
  poolid: string,
  mode: PoolReading["mode"],
): Promise<PoolReading | undefined> {
  const began = promisesOf(cluster, mode).begin();
  const expected = mode === "preview" ? expectedLimits(cluster, poolid) : undefined;
  const found = await readPool(cluster.client, poolid);
  if (expected === undefined) return found && { pool: found, use: tenantUse(poolid, found), began, mode };
  const pool = found ?? { poolid, comment: undefined, members: [] };
  return { pool, use: { tenant: poolid, limits: expected, members: poolMembers(pool) }, began, mode };
}

/**
 * Refuses what does not fit the limits of a pool, before anything is made, and holds room for what does until what is
 * returned is called. Nothing is held where nothing limits the pool.
 *
 * @throws CoppiceError `quota.exceeded`
 */
export async function holdRoom(
  cluster: OpenCluster,
  { use, began, mode }: PoolReading,
  question: RoomQuestion,
  asking: Asking,
): Promise<() => void> {
  if (use === undefined) return () => undefined;
  const known =
    mode === "run" ? await readUntold(cluster, use, question, asking) : told(use, question, asking);
  return judge(promisesOf(cluster, mode), { use: known, began }, question);
}

/** From here on nothing is waited for: two that ask at the same time cannot both get the last room. */
function judge(
  promises: Promises,
  { use, began }: Pick<PoolReading, "began"> & { readonly use: TenantUse },
  { urn, what, vmids, has, wants }: RoomQuestion,
): () => void {
  const { tenant, limits, members } = use;
  const others = promises.others(urn, { poolid: tenant, began });
  const strangers = members.filter(({ vmid }) => !vmids.has(vmid) && !others.vmids.has(vmid));
  const numbers = new Set(members.map(({ vmid }) => vmid));
  const own = has((vmid) => numbers.has(vmid));
  const used = addAmounts(amountsOf(strangers), own);
  const asked = changeDemand(own, wants);
  const verdict = judgeQuota({ tenant, what, limits, used, reserved: others.amounts, asked });
  if (!verdict.fits) throw quotaRefusal(verdict);
  return promises.hold(urn, { poolid: tenant, vmids, amounts: largestAmounts(own, wants) });
}

/** What the asking thing has it knows itself. */
async function readUntold(
  cluster: OpenCluster,
  use: TenantUse,
  { vmids }: RoomQuestion,
  { signal }: Asking,
): Promise<TenantUse> {
  const own = use.members.filter(({ vmid }) => vmids.has(vmid));
  const others = use.members.filter(({ vmid }) => !vmids.has(vmid));
  return { ...use, members: [...own, ...(await readMembers(cluster.client, others, signal))] };
}

/** A preview asks for no configurations, and says what it does not know. */
function told(use: TenantUse, { vmids }: RoomQuestion, asking: Asking): TenantUse {
  const untold = use.members.filter(({ vmid, amounts }) => amounts === undefined && !vmids.has(vmid));
  if (untold.length > 0)
    asking.inform(
      `Proxmox does not tell yet what ${untold.length} new machine${untold.length === 1 ? "" : "s"} of tenant ` +
        `"${use.tenant}" may take: counted here by number alone, and in full by the run.`,
    );
  return use;
}

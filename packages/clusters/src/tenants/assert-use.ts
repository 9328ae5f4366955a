import { amountNames, amountWords, CoppiceError, foldNames, type Limits } from "@coppice/core";
import type { Pool, PveCaller } from "@coppice/pve";
import { readMembers } from "./read-members.ts";
import { amountsOf, type PoolMember, poolMembers } from "./tenant-use.ts";

/** Limits that are to be set. */
interface NewLimits {
  readonly tenant: string;
  readonly limits: Limits;
  /** Those of before: what stays as it was is no question of use. */
  readonly former: Limits | undefined;
  readonly pool: Pool | undefined;
  readonly mode: "run" | "preview";
}

/**
 * Refuses limits below what is in use. A preview counts what Proxmox tells of machines; a run reads the configurations of
 * those that it tells nothing of yet.
 *
 * @throws CoppiceError `quota.in-use`
 */
export async function assertAboveUse(
  client: PveCaller,
  { tenant, limits, former, pool, mode }: NewLimits,
  signal?: AbortSignal,
): Promise<void> {
  const lowered = amountNames.filter((name) => isLower(limits[name], former?.[name]));
  const listed = pool === undefined ? [] : poolMembers(pool);
  if (lowered.length === 0 || listed.length === 0) return;
  const members = mode === "run" ? await readMembers(client, listed, signal) : listed;
  const used = amountsOf(members);
  const below = lowered.filter((name) => (limits[name] ?? 0) < used[name]);
  if (below.length === 0) return;
  const lines = below.map((name) => {
    const { figure } = amountWords[name];
    return `${name}: ${figure(used[name])} used, ${figure(limits[name] ?? 0)} set`;
  });
  throw inUse(`The limits of tenant "${tenant}" cannot be set below what is in use`, members, {
    why: lines.join("; "),
    wayOut: "Set them to what is used or more, or remove machines first",
  });
}

function isLower(limit: number | undefined, former: number | undefined): boolean {
  return limit !== undefined && (former === undefined || limit < former);
}

/**
 * Refuses to remove a tenant that still has something, by the names of its machines.
 *
 * @throws CoppiceError `quota.in-use`
 */
export function assertUnused(tenant: string, pool: Pool): void {
  const storages = pool.members.flatMap(({ storage }) => storage ?? []);
  const members = poolMembers(pool);
  if (members.length === 0 && storages.length === 0) return;
  const kept = [...new Set(storages)].map((storage) => `storage ${storage}`);
  const why = [...(members.length === 0 ? [] : [countOf(members)]), ...kept].join(", ");
  throw inUse(`Tenant "${tenant}" cannot be removed`, members, {
    why: `its pool still has ${why}`,
    wayOut: "Remove the classes and machines that are named first",
  });
}

function countOf(members: readonly PoolMember[]): string {
  return `${members.length} machine${members.length === 1 ? "" : "s"}`;
}

function inUse(
  what: string,
  members: readonly PoolMember[],
  { why, wayOut }: { readonly why: string; readonly wayOut: string },
): CoppiceError {
  const names = members.map(({ name, vmid }) =>
    name === undefined ? `machine ${vmid}` : `${name} (${vmid})`,
  );
  const said = members.length === 0 ? "" : ` [${namesText(members, names)}]`;
  return new CoppiceError("quota.in-use", { what, why: `${why}${said}`, wayOut });
}

/** How many machines are named one by one. */
const NAMED = 8;

function namesText(members: readonly PoolMember[], names: readonly string[]): string {
  if (members.length <= NAMED) return names.join(", ");
  const folded = foldNames(members.map(({ name, vmid }) => name ?? String(vmid)));
  const more = folded.length - NAMED;
  return [...folded.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

import { isDeepStrictEqual } from "node:util";
import { commentOwner, readLimitsMark, tenantRoles, unusableLimits } from "@coppice/clusters";
import { formatLimits, readLimits, type TenantPoolState } from "@coppice/core";
import type { Right } from "@coppice/pve";
import { isOwnUser } from "./is-own-user.ts";
import type { SeenTenant } from "./look-at-tenant.ts";
import { groupRights, membersOf, planTenant } from "./plan-tenant.ts";

/** A recorded tenant as it is now. */
export interface FoundTenant {
  readonly state: TenantPoolState;
  readonly warnings: readonly string[];
}

/** What there is of a recorded tenant, in its fields where they say it, else as drift; undefined where nothing of its own is left. */
export function readTenant(
  { drift: _drift, ...recorded }: TenantPoolState,
  seen: SeenTenant,
  { urn, zones }: { readonly urn: string; readonly zones: ReadonlyMap<string, string> },
): FoundTenant | undefined {
  const { pool, names } = seen;
  if (!isLeft(seen, urn)) return undefined;
  const owner = commentOwner(pool?.comment ?? "", { urn, id: names.pool });
  const mark = readLimitsMark(pool?.comment ?? "", names.pool);
  const problem = mark !== undefined && "problem" in mark ? mark : undefined;
  const isLost = mark === undefined || problem?.problem === "by hand";
  const found = { ...recorded, ...foundLists(recorded, seen) };
  const state =
    mark !== undefined && "limits" in mark ? { ...found, limits: sameLimits(recorded, mark.limits) } : found;
  const drift = [
    ...(pool === undefined ? [`the pool ${names.pool}`] : []),
    ...(pool !== undefined && isLost ? [`the limits in the comment of pool ${names.pool}`] : []),
    ...(pool === undefined || owner === "own"
      ? []
      : [`the mark of ownership in the comment of pool ${names.pool}`]),
    ...driftOf(state, seen, zones),
  ];
  return {
    state: drift.length === 0 ? state : { ...state, drift },
    warnings: problem?.problem === "newer" ? [unusableLimits(names.pool, problem.why).message] : [],
  };
}

/** Whoever took the pool did not take the user and the group with their rights. */
function isLeft(seen: SeenTenant, urn: string): boolean {
  const { names, pool, group } = seen;
  const hasPool = pool !== undefined && commentOwner(pool.comment ?? "", { urn, id: names.pool }) !== "other";
  const hasGroup = commentOwner(group?.comment ?? "", { urn, id: names.group }) === "own";
  return hasPool || hasGroup || isOwnUser(seen, urn);
}

function sameLimits(
  { limits }: Pick<TenantPoolState, "limits">,
  found: ReturnType<typeof readLimits>,
): TenantPoolState["limits"] {
  return isDeepStrictEqual(readLimits(limits), found) ? limits : formatLimits(found);
}

type Lists = Pick<TenantPoolState, "templates" | "storages" | "bridges" | "members">;

function foundLists(recorded: Lists, seen: SeenTenant): Lists {
  const rights = groupRights(seen);
  return given({
    templates: sameItems(recorded.templates, lastOf(rights, "template", /^\/vms\/(\d+)$/).map(Number)),
    storages: sameItems(recorded.storages, lastOf(rights, "storage", /^\/storage\/([^/]+)$/)),
    bridges: sameItems(recorded.bridges, lastOf(rights, "network", /^\/sdn\/zones\/[^/]+\/([^/]+)$/)),
    members: sameItems(recorded.members, membersOf(seen)),
  });
}

/** Without what nobody said and nobody has. */
function given<T extends object>(lists: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> {
  // as: what is undefined is left out.
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined)) as Partial<T>;
}

function lastOf(rights: readonly Right[], place: keyof typeof tenantRoles, form: RegExp): string[] {
  return rights.flatMap(({ path, roleid }) => {
    const name = roleid === tenantRoles[place].roleid ? form.exec(path)?.[1] : undefined;
    return name === undefined ? [] : [name];
  });
}

/** The same items in whatever order are what is recorded. */
function sameItems<T extends string | number>(
  recorded: readonly T[] | undefined,
  found: readonly T[],
): readonly T[] | undefined {
  const isSame = isDeepStrictEqual(new Set(recorded), new Set(found));
  return isSame ? recorded : found.toSorted(inOrder);
}

/** Numbers by size, names by their letters. */
function inOrder(one: string | number, other: string | number): number {
  return one < other ? -1 : Number(one > other);
}

/** What no field says. */
function driftOf(found: TenantPoolState, seen: SeenTenant, zones: ReadonlyMap<string, string>): string[] {
  const plan = planTenant(found, seen, { zones, secret: found.tokenSecret });
  const { names } = seen;
  return [
    ...[...plan.makeRoles, ...plan.widenRoles].map(({ roleid }) => `the role ${roleid}`),
    ...(plan.makeGroup ? [`the group ${names.group}`] : []),
    ...(plan.user === undefined ? [] : [`the user ${names.user}`]),
    ...[...plan.grant, ...plan.revoke].map(({ path }) => `the rights on ${path}`),
    ...(plan.makeToken ? [`the token ${names.tokenId}`] : []),
  ];
}

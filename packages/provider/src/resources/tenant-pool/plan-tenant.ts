import { isDeepStrictEqual } from "node:util";
import { type TenantRightPlace, tenantRoles } from "@coppice/clusters";
import type { TenantPoolInputs } from "@coppice/core";
import type { AclEntry, Right, Role, User } from "@coppice/pve";
import type { SeenTenant } from "./look-at-tenant.ts";
import type { TenantNames } from "./tenant-names.ts";
import { tokenComment } from "./token-comment.ts";

/** What is to be done so that Proxmox keeps of a tenant what is described, beside the limits in its pool's comment. */
export interface TenantPlan {
  readonly makeRoles: readonly Role[];
  /** The privileges that roles lack. */
  readonly widenRoles: readonly Role[];
  readonly makeGroup: boolean;
  /** Whether the tenant's own user is made, or brought into the tenant's group and no other. */
  readonly user: "make" | "join" | undefined;
  readonly grant: readonly Right[];
  readonly revoke: readonly Right[];
  readonly join: readonly string[];
  /** Who leaves the group, with the groups that stay. */
  readonly leave: readonly Pick<User, "userid" | "groups">[];
  readonly makeToken: boolean;
}

/** What is known beside what is described and what there is. */
interface Known {
  /** The zone of each virtual network. */
  readonly zones: ReadonlyMap<string, string>;
  /** The token's secret, where it is recorded. */
  readonly secret: string | undefined;
}

/** Compares what is described with what there is. */
export function planTenant(inputs: TenantPoolInputs, seen: SeenTenant, { zones, secret }: Known): TenantPlan {
  const { names, group, user, roles } = seen;
  const all = Object.values(tenantRoles);
  const known = new Map(roles.map(({ roleid, privileges }) => [roleid, new Set(privileges)]));
  const lacking = all.flatMap(({ roleid, privileges }) => {
    const missing = privileges.filter((name) => known.get(roleid)?.has(name) === false);
    return missing.length === 0 ? [] : [{ roleid, privileges: missing }];
  });
  return {
    makeRoles: all.filter(({ roleid }) => !known.has(roleid)),
    widenRoles: lacking,
    makeGroup: group === undefined,
    user: user === undefined ? "make" : isDeepStrictEqual(user.groups, [names.group]) ? undefined : "join",
    ...planRights(wantedRights(inputs, zones, names), seen),
    ...planMembers(inputs, seen),
    makeToken: secret === undefined || tokenOf(seen)?.comment !== tokenComment(names.pool, secret),
  };
}

/** What the tenant's user or token has itself is more than its group has. A right that does not reach below is given anew. */
function planRights(wanted: readonly Right[], seen: SeenTenant): Pick<TenantPlan, "grant" | "revoke"> {
  const { names, rights } = seen;
  const held = groupRights(seen);
  const own = rights.filter(
    ({ type, ugid }) => type !== "group" && (ugid === names.user || ugid.startsWith(`${names.user}!`)),
  );
  const isIn = (list: readonly Right[], { path, roleid }: Right) =>
    list.some((each) => each.path === path && each.roleid === roleid);
  const whole = held.filter(({ propagate }) => propagate);
  return {
    grant: wanted.filter((right) => !isIn(whole, right)),
    revoke: [...own, ...held.filter((right) => !isIn(wanted, right))],
  };
}

/** The rights that the tenant's group has. */
export function groupRights({ names, rights }: SeenTenant): AclEntry[] {
  return rights.filter(({ type, ugid }) => type === "group" && ugid === names.group);
}

/** The people in the tenant's group. */
export function membersOf({ names, group }: SeenTenant): string[] {
  return (group?.users ?? []).filter((userid) => userid !== names.user);
}

/** Whether the tenant's token is there. */
export function hasToken(seen: SeenTenant): boolean {
  return tokenOf(seen) !== undefined;
}

function tokenOf({ names, user }: SeenTenant): User["tokens"][number] | undefined {
  return user?.tokens.find(({ tokenid }) => tokenid === names.token.tokenid);
}

function wantedRights(
  inputs: TenantPoolInputs,
  zones: ReadonlyMap<string, string>,
  { group }: TenantNames,
): Right[] {
  const { tenant, templates = [], storages = [], bridges = [] } = inputs;
  const on = (place: TenantRightPlace, path: string): Right => {
    return { path, roleid: tenantRoles[place].roleid, type: "group", ugid: group };
  };
  return [
    on("machines", `/pool/${tenant}`),
    ...templates.map((vmid) => on("template", `/vms/${vmid}`)),
    ...storages.map((storage) => on("storage", `/storage/${storage}`)),
    ...bridges.map((name) => on("network", `/sdn/zones/${zones.get(name) ?? "localnetwork"}/${name}`)),
  ];
}

function planMembers(inputs: TenantPoolInputs, seen: SeenTenant): Pick<TenantPlan, "join" | "leave"> {
  const { names, users } = seen;
  const there = membersOf(seen);
  const wanted = inputs.members ?? [];
  const leave = users.filter(({ userid }) => there.includes(userid) && !wanted.includes(userid));
  return {
    join: wanted.filter((userid) => !there.includes(userid)),
    leave: leave.map(({ userid, groups }) => ({
      userid,
      groups: groups.filter((group) => group !== names.group),
    })),
  };
}

import {
  type AclEntry,
  type Group,
  listAcl,
  listGroups,
  listRoles,
  listUsers,
  listVnets,
  type Pool,
  type PveCaller,
  type Role,
  readPool,
  type User,
} from "@coppice/pve";
import { namesOf, type TenantNames } from "./tenant-names.ts";

/** What there is of a tenant, and around it. */
export interface SeenTenant {
  readonly names: TenantNames;
  readonly pool: Pool | undefined;
  readonly group: Group | undefined;
  readonly user: User | undefined;
  /** Everybody whom we may see. */
  readonly users: readonly User[];
  readonly roles: readonly Role[];
  /** All rights that we may see. */
  readonly rights: readonly AclEntry[];
}

/** Reads all parts of a tenant: five GETs. */
export async function lookAtTenant(client: PveCaller, tenant: string): Promise<SeenTenant> {
  const names = namesOf(tenant);
  const [pool, groups, users, roles, rights] = await Promise.all([
    readPool(client, names.pool),
    listGroups(client),
    listUsers(client),
    listRoles(client),
    listAcl(client),
  ]);
  const group = groups.find(({ groupid }) => groupid === names.group);
  const user = users.find(({ userid }) => userid === names.user);
  return { names, pool, group, user, users, roles, rights };
}

/** The zone of each virtual network; every other bridge lies in `localnetwork`. */
export async function readZones(
  client: PveCaller,
  bridges: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (bridges.length === 0) return new Map();
  const vnets = await listVnets(client);
  return new Map(vnets.flatMap(({ vnet, zone }) => (zone === undefined ? [] : [[vnet, zone] as const])));
}

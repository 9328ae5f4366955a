import { accessOf } from "../access/access.ts";
import { mayModify, modifyPrivileges } from "../access/may-modify.ts";
import type { Pool, UserConfig } from "../access/user-config.ts";
import type { Call } from "../api/call.ts";
import type { Permission } from "../api/permission.ts";
import type { Route } from "../api/route.ts";
import { poolMemberRows } from "../datacenter/resources.ts";
import { die, forbidden } from "../kernel/pve-error.ts";
import { commonParams, optional } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";

function row(poolid: string, pool: Pool): Record<string, unknown> {
  return { poolid, ...(pool.comment === "" ? {} : { comment: pool.comment }) };
}

function poolOf(config: UserConfig, poolid: string): Pool {
  return config.pools.get(poolid) ?? die(`pool '${poolid}' does not exist`);
}

function members(call: Call, poolid: string): Record<string, unknown> {
  const pool = poolOf(accessOf(call.cluster).config, poolid);
  return { ...(pool.comment === "" ? {} : { comment: pool.comment }), members: poolMemberRows(call, pool) };
}

/** With `poolid` one pool with its members; Pool.Audit is evaluated but its result ignored there (Pool.pm). */
function list(call: Call): unknown[] {
  const { cluster, identity } = call;
  const wanted = call.params.optionalText("poolid");
  if (wanted !== undefined) return [{ poolid: wanted, ...members(call, wanted) }];
  return [...accessOf(cluster).config.pools]
    .filter(([poolid]) => cluster.allow(identity, `/pool/${poolid}`, ["Pool.Audit"]))
    .map(([poolid, pool]) => row(poolid, pool));
}

function parentOf(poolid: string): string | undefined {
  const cut = poolid.lastIndexOf("/");
  return cut < 0 ? undefined : poolid.slice(0, cut);
}

async function create(call: Call): Promise<null> {
  const poolid = call.params.text("poolid");
  await accessOf(call.cluster).edit(call.node, "create pool failed", (config) => {
    if (config.pools.has(poolid)) die(`pool '${poolid}' already exists`);
    const parent = parentOf(poolid);
    if (parent !== undefined && !config.pools.has(parent))
      die(`parent '${parent}' of pool '${poolid}' does not exist`);
    const comment = call.params.optionalText("comment") ?? "";
    config.pools.set(poolid, { comment, vms: new Set(), storages: new Set() });
  });
  return null;
}

function demandModify(call: Call, path: string): void {
  if (!mayModify(call.cluster, call.identity, path)) throw forbidden(path, modifyPrivileges(path));
}

function changeGuest(call: Call, config: UserConfig, pool: Pool, vmid: number): void {
  demandModify(call, `/vms/${vmid}`);
  if (call.params.flag("delete")) {
    if (!pool.vms.delete(vmid)) die(`VM ${vmid} is not a pool member`);
    return;
  }
  if (pool.vms.has(vmid)) die(`VM ${vmid} is already a pool member`);
  for (const [name, other] of config.pools) {
    if (!other.vms.has(vmid)) continue;
    if (!call.params.flag("allow-move"))
      die(`VM ${vmid} belongs already to pool '${name}' and 'allow-move' is not set`);
    call.cluster.require(call.identity, `/pool/${name}`, ["Pool.Allocate"]);
    other.vms.delete(vmid);
  }
  pool.vms.add(vmid);
}

function changeStorage(call: Call, pool: Pool, storage: string): void {
  demandModify(call, `/storage/${storage}`);
  if (call.params.flag("delete")) {
    if (!pool.storages.delete(storage)) die(`Storage '${storage}' is not a pool member`);
  } else if (pool.storages.has(storage)) die(`Storage '${storage}' is already a pool member`);
  else pool.storages.add(storage);
}

async function update(call: Call): Promise<null> {
  const { params } = call;
  await accessOf(call.cluster).edit(call.node, "update pools failed", (config) => {
    const pool = poolOf(config, params.text("poolid"));
    pool.comment = params.optionalText("comment") ?? pool.comment;
    for (const vmid of params.list("vms")) changeGuest(call, config, pool, Number(vmid));
    for (const storage of params.list("storage")) changeStorage(call, pool, storage);
  });
  return null;
}

async function remove(call: Call): Promise<null> {
  const poolid = call.params.text("poolid");
  await accessOf(call.cluster).edit(call.node, "delete pool failed", (config) => {
    const pool = poolOf(config, poolid);
    for (const child of [...config.pools.keys()].sort()) {
      if (parentOf(child) === poolid) die(`pool '${poolid}' is not empty (contains pool '${child}')`);
    }
    for (const vmid of knownGuests(call, pool)) die(`pool '${poolid}' is not empty (contains VM ${vmid})`);
    for (const storage of pool.storages) die(`pool '${poolid}' is not empty (contains storage '${storage}')`);
    config.pools.delete(poolid);
    config.acl = config.acl.filter((entry) => entry.path !== `/pool/${poolid}`);
  });
  return null;
}

/** Members that exist; ids that were never a guest stay invisible (docs/proxmox-facts.md#members). */
function knownGuests(call: Call, pool: Pool): number[] {
  const { cluster } = call;
  return [...pool.vms].filter((vmid) =>
    [...cluster.nodes.keys()].some(
      (node) => cluster.files.read(`nodes/${node}/qemu-server/${vmid}.conf`) !== undefined,
    ),
  );
}

const allocate: Permission = { perm: "/pool/{poolid}", privs: ["Pool.Allocate"] };
const change: ParamTable = {
  poolid: commonParams.poolid,
  comment: commonParams.text,
  vms: { type: "string", optional: true, format: "pve-vmid-list" },
  storage: { type: "string", optional: true, format: "pve-storage-id-list" },
  "allow-move": commonParams.flag,
  delete: commonParams.flag,
};
const kinds = { type: "string", enum: ["qemu", "lxc", "storage"], optional: true } as const;
const path = "/pools/{poolid}";

export const poolRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/pools",
    permission: "user",
    params: { poolid: optional(commonParams.poolid), type: { ...kinds, requires: "poolid" } },
    handle: list,
  },
  {
    method: "POST",
    path: "/pools",
    permission: allocate,
    worker: true,
    params: { poolid: commonParams.poolid, comment: commonParams.text },
    handle: create,
  },
  { method: "PUT", path: "/pools", permission: allocate, worker: true, params: change, handle: update },
  {
    method: "DELETE",
    path: "/pools",
    permission: allocate,
    worker: true,
    params: { poolid: commonParams.poolid },
    handle: remove,
  },
  {
    method: "GET",
    path,
    permission: { perm: "/pool/{poolid}", privs: ["Pool.Audit"] },
    params: { poolid: commonParams.poolid, type: kinds },
    handle: (call) => ({ poolid: call.params.text("poolid"), ...members(call, call.params.text("poolid")) }),
  },
  { method: "PUT", path, permission: allocate, worker: true, params: change, handle: update },
  {
    method: "DELETE",
    path,
    permission: allocate,
    worker: true,
    params: { poolid: commonParams.poolid },
    handle: remove,
  },
];

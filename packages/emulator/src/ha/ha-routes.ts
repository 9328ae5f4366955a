import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { guestIndex } from "../guests/guest-index.ts";
import { haIdOf } from "../guests/guest-kind.ts";
import { die } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";
import { haGroupRoutes } from "./ha-group-routes.ts";
import { haRuleRoutes } from "./ha-rule-routes.ts";
import { orderHa, readManager } from "./ha-status.ts";
import { haStatusRoutes } from "./ha-status-routes.ts";
import { haFiles, readHa, writeHa } from "./ha-store.ts";

const numbers = new Set(["max_restart", "max_relocate", "failback"]);

/** `922` stands for the guest of that id: `vm:922`, or `ct:922` for a container. */
function sidOf(call: Call): string {
  const sid = call.params.text("sid");
  if (!/^\d+$/.test(sid)) return sid;
  return haIdOf({ kind: guestIndex(call.cluster).find(Number(sid))?.kind ?? "qemu", vmid: sid });
}

function row(
  sid: string,
  options: Readonly<Record<string, string>>,
  digest: string,
): Record<string, unknown> {
  const values = Object.entries(options).map(
    ([key, value]) => [key, numbers.has(key) ? Number(value) : value] as const,
  );
  return { state: "started", ...Object.fromEntries(values), sid, type: sid.slice(0, 2), digest };
}

/** The file names a resource by its id alone: `vm: 922`. */
function sidOfSection(id: string, type: string): string {
  return `${type}:${id}`;
}

function list(call: Call): unknown[] {
  const { sections, digest } = readHa(call.cluster, haFiles.resources);
  return [...sections].map(([id, { type, options }]) => row(sidOfSection(id, type), options, digest));
}

function read(call: Call): unknown {
  const sid = sidOf(call);
  const { sections, digest } = readHa(call.cluster, haFiles.resources);
  const found = sections.get(sid.slice(3)) ?? die(`no such resource '${sid}'`);
  return row(sid, found.options, digest);
}

function create(call: Call): null {
  const sid = sidOf(call);
  const vmid = Number(sid.slice(3));
  if (guestIndex(call.cluster).find(vmid) === undefined) die(`resource '${sid}' does not exist in cluster`);
  demandGroup(call);
  const { sections } = readHa(call.cluster, haFiles.resources);
  if (sections.has(String(vmid))) die(`create resource failed: resource ID '${sid}' already defined`);
  sections.set(String(vmid), { type: sid.slice(0, 2), options: call.params.rest("sid", "type") });
  writeHa(call.node, haFiles.resources, sections);
  return null;
}

function update(call: Call): null {
  const sid = sidOf(call);
  const { sections } = readHa(call.cluster, haFiles.resources);
  const found = sections.get(sid.slice(3)) ?? die(`no such resource '${sid}'`);
  demandNoError(call, sid);
  demandGroup(call);
  for (const key of call.params.list("delete")) delete found.options[key];
  Object.assign(found.options, call.params.rest("sid", "delete", "digest"));
  writeHa(call.node, haFiles.resources, sections);
  return null;
}

function remove(call: Call): null {
  const sid = sidOf(call);
  const { sections } = readHa(call.cluster, haFiles.resources);
  if (!sections.delete(sid.slice(3))) die(`cannot delete service '${sid}', not HA managed!`);
  writeHa(call.node, haFiles.resources, sections);
  return null;
}

/** On 8.4 a guest may belong to a group (recordings, multinode 8.4 n 603). */
function demandGroup({ cluster, params }: Call): void {
  const group = params.optionalText("group");
  if (group === undefined || cluster.version.features.haRules) return;
  if (!readHa(cluster, haFiles.groups).sections.has(group)) die(`HA group '${group}' does not exist`);
}

/** A guest that HA has given up must be disabled first (pve-ha-manager, API2/HA/Resources.pm). */
function demandNoError({ cluster, params }: Call, sid: string): void {
  const isError = readManager(cluster)?.service_status[sid]?.state === "error";
  if (isError && params.optionalText("state") !== "disabled")
    die(`service '${sid}' in error state, must be disabled and fixed first`);
}

/** An order for the manager's next round; whether it can be followed is not looked at here (recordings, multinode n 619). */
function moving(verb: "migrate" | "relocate"): (call: Call) => unknown {
  return (call) => {
    const sid = sidOf(call);
    const argument = call.params.text("node");
    orderHa(call.node, sid, { verb, argument });
    // 8.4 does not say what it will do.
    return call.cluster.version.features.haRules ? { sid, "requested-node": argument } : null;
  };
}

const sid = { type: "string", pattern: "(?:[a-z]{2}:)?[1-9][0-9]{2,8}" } as const;
const states = ["started", "stopped", "enabled", "disabled", "ignored"];
const properties: ParamTable = {
  sid,
  state: { type: "string", enum: states, optional: true },
  group: { type: "string", optional: true },
  failback: commonParams.flag,
  comment: { type: "string", maxLength: 4096, optional: true },
  max_restart: { type: "integer", minimum: 0, optional: true },
  max_relocate: { type: "integer", minimum: 0, optional: true },
};
const audit = { perm: "/", privs: ["Sys.Audit"] } as const;
const change = { perm: "/", privs: ["Sys.Console"] } as const;
const path = "/cluster/ha/resources";
const one = `${path}/{sid}`;
const target: ParamTable = { sid, node: { type: "string", format: "pve-node" } };
const writing = { permission: change, worker: true } as const;

/** High availability: what is asked for is kept; the manager brings the guests there in its rounds. */
export const haRoutes: readonly Route[] = [
  {
    method: "GET",
    path,
    permission: audit,
    params: { type: { type: "string", optional: true } },
    handle: list,
  },
  {
    ...writing,
    method: "POST",
    path,
    params: { ...properties, type: { type: "string", enum: ["ct", "vm"], optional: true } },
    handle: create,
  },
  { method: "GET", path: one, permission: audit, params: { sid }, handle: read },
  {
    ...writing,
    method: "PUT",
    path: one,
    params: { ...properties, delete: commonParams.text, digest: commonParams.digest },
    handle: update,
  },
  { ...writing, method: "DELETE", path: one, params: { sid, purge: commonParams.flag }, handle: remove },
  { ...writing, method: "POST", path: `${one}/migrate`, params: target, handle: moving("migrate") },
  { ...writing, method: "POST", path: `${one}/relocate`, params: target, handle: moving("relocate") },
  ...haGroupRoutes,
  ...haRuleRoutes,
  ...haStatusRoutes,
];

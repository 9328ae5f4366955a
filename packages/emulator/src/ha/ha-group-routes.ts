import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { die } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";
import { haFiles, readHa, writeHa } from "./ha-store.ts";

/** From 9 on groups are rules, and each of these calls says so (pve-ha-manager, API2/HA/Groups.pm). */
function onlyWithGroups(verb: string, handle: (call: Call) => unknown): (call: Call) => unknown {
  return (call) => {
    if (call.cluster.version.features.haRules) die(`cannot ${verb}: ha groups have been migrated to rules`);
    return handle(call);
  };
}

function row(group: string, options: Readonly<Record<string, string>>, digest: string): unknown {
  const values = Object.entries(options).map(
    ([key, value]) => [key, key === "restricted" || key === "nofailback" ? Number(value) : value] as const,
  );
  return { ...Object.fromEntries(values), group, type: "group", digest };
}

function list({ cluster }: Call): unknown[] {
  const { sections, digest } = readHa(cluster, haFiles.groups);
  return [...sections].map(([group, { options }]) => row(group, options, digest));
}

function read({ cluster, params }: Call): unknown {
  const group = params.text("group");
  const { sections, digest } = readHa(cluster, haFiles.groups);
  const found = sections.get(group) ?? die(`no such ha group '${group}'`);
  return row(group, found.options, digest);
}

/** Whether the nodes exist is not looked at (recordings, multinode 8.4 n 600). */
function create({ cluster, node, params }: Call): null {
  const group = params.text("group");
  const { sections } = readHa(cluster, haFiles.groups);
  if (sections.has(group)) die(`create ha group failed: ha group ID '${group}' already defined`);
  sections.set(group, { type: "group", options: params.rest("group", "type") });
  writeHa(node, haFiles.groups, sections);
  return null;
}

function update({ cluster, node, params }: Call): null {
  const group = params.text("group");
  const { sections } = readHa(cluster, haFiles.groups);
  const found = sections.get(group) ?? die(`update ha group failed: no such ha group '${group}'`);
  Object.assign(found.options, params.rest("group", "type", "delete", "digest"));
  for (const key of params.list("delete")) {
    if (key === "nodes") die(`update ha group failed: unable to delete required option '${key}'`);
    delete found.options[key];
  }
  writeHa(node, haFiles.groups, sections);
  return null;
}

function remove({ cluster, node, params }: Call): null {
  const group = params.text("group");
  for (const [id, { type, options }] of readHa(cluster, haFiles.resources).sections) {
    if (options["group"] === group)
      die(`delete ha group failed: ha group is used by service '${type}:${id}'`);
  }
  const { sections } = readHa(cluster, haFiles.groups);
  sections.delete(group);
  writeHa(node, haFiles.groups, sections);
  return null;
}

const { text, flag } = commonParams;
const group = { type: "string", format: "pve-configid" } as const;
const properties: ParamTable = {
  group,
  nodes: text,
  comment: { type: "string", maxLength: 4096, optional: true },
  nofailback: flag,
  restricted: flag,
  type: text,
};
const path = "/cluster/ha/groups";
const one = `${path}/{group}`;
const audit = { perm: "/", privs: ["Sys.Audit"] } as const;
const writing = { permission: { perm: "/", privs: ["Sys.Console"] }, worker: true } as const;

/** HA groups: those of 8.4, and how 9.2 refuses them. */
export const haGroupRoutes: readonly Route[] = [
  { method: "GET", path, permission: audit, params: {}, handle: onlyWithGroups("index groups", list) },
  {
    ...writing,
    method: "POST",
    path,
    params: { ...properties, nodes: { type: "string" } },
    handle: onlyWithGroups("create group", create),
  },
  {
    method: "GET",
    path: one,
    permission: audit,
    params: { group },
    handle: onlyWithGroups("read group", read),
  },
  {
    ...writing,
    method: "PUT",
    path: one,
    params: { ...properties, delete: text, digest: commonParams.digest },
    handle: onlyWithGroups("update group", update),
  },
  {
    ...writing,
    method: "DELETE",
    path: one,
    params: { group },
    handle: onlyWithGroups("delete group", remove),
  },
];

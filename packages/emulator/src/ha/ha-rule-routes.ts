import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import type { Sections } from "../cluster/section-config.ts";
import { die } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";
import { splitList } from "../schema/params.ts";
import { haFiles, readHa, writeHa } from "./ha-store.ts";

function row(
  rule: string,
  type: string,
  options: Readonly<Record<string, string>>,
  order: number,
  digest: string,
): unknown {
  const { strict = "0", disable, ...rest } = options;
  const extra = type === "node-affinity" ? { strict: Number(strict) } : {};
  return {
    rule,
    type,
    order,
    digest,
    ...rest,
    ...extra,
    ...(disable === undefined ? {} : { disable: Number(disable) }),
  };
}

function list(call: Call): unknown[] {
  const { sections, digest } = readHa(call.cluster, haFiles.rules);
  return [...sections].map(([rule, { type, options }], index) => row(rule, type, options, index + 1, digest));
}

function read(call: Call): unknown {
  const rule = call.params.text("rule");
  const { sections, digest } = readHa(call.cluster, haFiles.rules);
  const found = sections.get(rule) ?? die(`no such ha rule '${rule}'`);
  return row(rule, found.type, found.options, [...sections.keys()].indexOf(rule) + 1, digest);
}

/** The checks of a new rule that are worded in the recordings (multinode n 612, 613). */
function demandSound(call: Call, sections: Sections): void {
  const rule = call.params.text("rule");
  const unknown = call.params
    .list("nodes")
    .filter((entry) => !call.cluster.nodes.has(entry.split(":")[0] ?? ""));
  if (unknown.length > 0)
    die(`create ha rule failed: cannot use non-existent node(s) ${unknown.join(", ")}.`);
  if (call.params.text("type") !== "resource-affinity") return;
  const resources = call.params.list("resources");
  for (const { type, options } of sections.values()) {
    const priorities = new Set(splitList(options["nodes"] ?? "").map((entry) => entry.split(":")[1] ?? "0"));
    const shared = splitList(options["resources"] ?? "").some((sid) => resources.includes(sid));
    if (type !== "node-affinity" || priorities.size < 2 || !shared) continue;
    die(
      `create ha rule failed: 400 Rule '${rule}' is invalid.\nresources: resources are in node affinity rules with multiple priorities\n`,
    );
  }
}

function create(call: Call): null {
  const rule = call.params.text("rule");
  const { sections } = readHa(call.cluster, haFiles.rules);
  if (sections.has(rule)) die(`create ha rule failed: HA rule ID '${rule}' already defined`);
  demandSound(call, sections);
  sections.set(rule, { type: call.params.text("type"), options: call.params.rest("rule", "type") });
  writeHa(call.node, haFiles.rules, sections);
  return null;
}

function update(call: Call): null {
  const rule = call.params.text("rule");
  const { sections } = readHa(call.cluster, haFiles.rules);
  const found = sections.get(rule) ?? die(`update HA rules failed: no such ha rule '${rule}'`);
  for (const key of call.params.list("delete")) delete found.options[key];
  Object.assign(found.options, call.params.rest("rule", "type", "delete", "digest"));
  writeHa(call.node, haFiles.rules, sections);
  return null;
}

/** An unknown rule is fine (recordings, multinode n 629). */
function remove(call: Call): null {
  const { sections } = readHa(call.cluster, haFiles.rules);
  sections.delete(call.params.text("rule"));
  writeHa(call.node, haFiles.rules, sections);
  return null;
}

const { text, flag } = commonParams;
const rule = { type: "string", format: "pve-configid" } as const;
const type = { type: "string", enum: ["node-affinity", "resource-affinity"] } as const;
const properties: ParamTable = {
  rule,
  type,
  resources: { type: "string", optional: true },
  nodes: text,
  strict: flag,
  affinity: { type: "string", enum: ["positive", "negative"], optional: true },
  comment: { type: "string", maxLength: 4096, optional: true },
  disable: flag,
};
const audit = { perm: "/", privs: ["Sys.Audit"] } as const;
const writing = { permission: { perm: "/", privs: ["Sys.Console"] }, worker: true } as const;
const rules = { versions: ["9.2"] } as const;
const path = "/cluster/ha/rules";

/** HA rules: 9.x has them. */
export const haRuleRoutes: readonly Route[] = [
  {
    ...rules,
    method: "GET",
    path,
    permission: audit,
    params: { type: { ...type, optional: true }, resource: text },
    handle: list,
  },
  {
    ...rules,
    ...writing,
    method: "POST",
    path,
    params: { ...properties, resources: { type: "string" } },
    handle: create,
  },
  { ...rules, method: "GET", path: `${path}/{rule}`, permission: audit, params: { rule }, handle: read },
  {
    ...rules,
    ...writing,
    method: "PUT",
    path: `${path}/{rule}`,
    params: { ...properties, delete: text, digest: commonParams.digest },
    handle: update,
  },
  { ...rules, ...writing, method: "DELETE", path: `${path}/{rule}`, params: { rule }, handle: remove },
];

import { createHash } from "node:crypto";
import { die } from "../kernel/pve-error.ts";
import type { Call, ParamTable, Route } from "../kernel/route.ts";
import { commonParams } from "../schema/common-params.ts";
import { formatSections, parseSections, type Sections } from "./section-config.ts";

const { text } = commonParams;
const name: ParamTable = { id: { type: "string", format: "pve-configid" } };
const properties: ParamTable = {
  ...name,
  description: { type: "string", maxLength: 4096, optional: true },
  map: { type: "array", items: { type: "string" } },
  mdev: commonParams.flag,
  "live-migration-capable": commonParams.flag,
};

function mappingRoutes(kind: "pci" | "usb" | "dir"): Route[] {
  const file = `mapping/${kind}.cfg`;
  const all = (call: Call): Sections => parseSections(call.cluster.files.read(file) ?? "");
  const row = (id: string, options: Readonly<Record<string, string>>) => {
    const { map = "", ...rest } = options;
    return { id, ...rest, map: map.split(";").filter((entry) => entry !== "") };
  };
  const set = (call: Call, create: boolean): null => {
    const id = call.params.text("id");
    const sections = all(call);
    if (create && sections.has(id)) die(`${kind} ID '${id}' already defined`);
    const known = sections.get(id)?.options ?? (create ? {} : die(`${kind} mapping '${id}' not found`));
    const maps = call.params.has("map") ? { map: call.params.list("map").join(";") } : {};
    sections.set(id, {
      type: kind,
      options: { ...known, ...call.params.rest("id", "map", "delete", "digest"), ...maps },
    });
    call.node.files.write(file, formatSections(sections));
    return null;
  };
  const path = `/cluster/mapping/${kind}`;
  const one = { perm: `/mapping/${kind}/{id}`, privs: ["Mapping.Modify"] } as const;
  const remove = (call: Call): null => {
    const sections = all(call);
    sections.delete(call.params.text("id"));
    call.node.files.write(file, formatSections(sections));
    return null;
  };
  const read = (call: Call): unknown => {
    const id = call.params.text("id");
    const found = all(call).get(id) ?? die(`mapping '${id}' not found`);
    const digest = createHash("sha1")
      .update(call.cluster.files.read(file) ?? "")
      .digest("hex");
    return { ...row(id, found.options), digest };
  };
  return [
    {
      method: "GET",
      path,
      permission: "user",
      params: { "check-node": text },
      handle: (call) => [...all(call)].map(([id, { options }]) => row(id, options)),
    },
    {
      method: "POST",
      path,
      permission: one,
      worker: true,
      params: properties,
      handle: (call) => set(call, true),
    },
    {
      method: "GET",
      path: `${path}/{id}`,
      permission: { ...one, privs: ["Mapping.Use", "Mapping.Modify", "Mapping.Audit"], any: true },
      params: name,
      handle: read,
    },
    {
      method: "PUT",
      path: `${path}/{id}`,
      permission: one,
      worker: true,
      params: {
        ...properties,
        map: { type: "array", items: { type: "string" }, optional: true },
        delete: text,
        digest: commonParams.digest,
      },
      handle: (call) => set(call, false),
    },
    { method: "DELETE", path: `${path}/{id}`, permission: one, worker: true, params: name, handle: remove },
  ];
}

/** Resource mappings: kept, with nothing behind them. */
export const allMappingRoutes: readonly Route[] = [
  ...mappingRoutes("pci"),
  ...mappingRoutes("usb"),
  ...mappingRoutes("dir"),
];

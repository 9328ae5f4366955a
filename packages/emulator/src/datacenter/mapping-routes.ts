import { createHash } from "node:crypto";
import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { formatSections, parseSections, type Sections } from "../cluster/section-config.ts";
import { die } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";

const { text } = commonParams;
const name: ParamTable = { id: { type: "string", format: "pve-configid" } };
const properties: ParamTable = {
  ...name,
  description: { type: "string", maxLength: 4096, optional: true },
  map: { type: "array", items: { type: "string" } },
  mdev: commonParams.flag,
  "live-migration-capable": commonParams.flag,
};

const changes: ParamTable = {
  ...properties,
  map: { type: "array", items: { type: "string" }, optional: true },
  delete: text,
  digest: commonParams.digest,
};

/** The mappings of one kind, kept in their own file. */
class Mappings {
  readonly #kind: string;
  readonly #file: string;

  constructor(kind: string) {
    this.#kind = kind;
    this.#file = `mapping/${kind}.cfg`;
  }

  list(call: Call): unknown {
    return [...this.#all(call)].map(([id, { options }]) => rowOf(id, options));
  }

  read(call: Call): unknown {
    const id = call.params.text("id");
    const found = this.#all(call).get(id) ?? die(`mapping '${id}' not found`);
    const text = call.cluster.files.read(this.#file) ?? "";
    return { ...rowOf(id, found.options), digest: createHash("sha1").update(text).digest("hex") };
  }

  set(call: Call, create: boolean): null {
    const { params } = call;
    const id = params.text("id");
    const sections = this.#all(call);
    if (create && sections.has(id)) die(`${this.#kind} ID '${id}' already defined`);
    const known = sections.get(id)?.options ?? (create ? {} : die(`${this.#kind} mapping '${id}' not found`));
    const maps = params.has("map") ? { map: params.list("map").join(";") } : {};
    const options = { ...known, ...params.rest("id", "map", "delete", "digest"), ...maps };
    sections.set(id, { type: this.#kind, options });
    return this.#save(call, sections);
  }

  remove(call: Call): null {
    const sections = this.#all(call);
    sections.delete(call.params.text("id"));
    return this.#save(call, sections);
  }

  #all(call: Call): Sections {
    return parseSections(call.cluster.files.read(this.#file) ?? "");
  }

  #save(call: Call, sections: Sections): null {
    call.node.files.write(this.#file, formatSections(sections));
    return null;
  }
}

function rowOf(id: string, options: Readonly<Record<string, string>>) {
  const { map = "", ...rest } = options;
  return { id, ...rest, map: map.split(";").filter((entry) => entry !== "") };
}

function mappingRoutes(kind: "pci" | "usb" | "dir"): Route[] {
  const mappings = new Mappings(kind);
  const path = `/cluster/mapping/${kind}`;
  const permission = { perm: `/mapping/${kind}/{id}`, privs: ["Mapping.Modify"] } as const;
  const audit = {
    ...permission,
    privs: ["Mapping.Use", "Mapping.Modify", "Mapping.Audit"],
    any: true,
  } as const;
  const list: Route = {
    method: "GET",
    path,
    permission: "user",
    params: { "check-node": text },
    handle: (call) => mappings.list(call),
  };
  const one = { path: `${path}/{id}`, permission, worker: true } as const;
  return [
    list,
    { ...one, method: "POST", path, params: properties, handle: (call) => mappings.set(call, true) },
    { method: "GET", path: one.path, permission: audit, params: name, handle: (call) => mappings.read(call) },
    { ...one, method: "PUT", params: changes, handle: (call) => mappings.set(call, false) },
    { ...one, method: "DELETE", params: name, handle: (call) => mappings.remove(call) },
  ];
}

/** Resource mappings: kept, with nothing behind them. */
export const allMappingRoutes: readonly Route[] = [
  ...mappingRoutes("pci"),
  ...mappingRoutes("usb"),
  ...mappingRoutes("dir"),
];

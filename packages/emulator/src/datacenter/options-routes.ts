import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { cfsLock } from "../cluster/locks.ts";
import { badParameters, die } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";
import { datacenterAnswer, datacenterFile, formatDatacenter, readDatacenter } from "./datacenter-config.ts";

const { text } = commonParams;

/** Facts of pve-docs 9.1.3, api-viewer: PUT /cluster/options. */
const properties: ParamTable = {
  bwlimit: text,
  "consent-text": { type: "string", maxLength: 65536, optional: true },
  console: { type: "string", enum: ["applet", "vv", "html5", "xtermjs"], optional: true },
  crs: text,
  description: { type: "string", maxLength: 65536, optional: true },
  email_from: { type: "string", format: "email-opt", optional: true },
  fencing: { type: "string", enum: ["watchdog", "hardware", "both"], optional: true },
  ha: text,
  http_proxy: { type: "string", pattern: "https?://.*", optional: true },
  keyboard: {
    type: "string",
    optional: true,
    enum: "de de-ch da en-gb en-us es fi fr fr-be fr-ca fr-ch hu is it ja lt mk nl no pl pt pt-br sv sl tr".split(
      " ",
    ),
  },
  language: {
    type: "string",
    optional: true,
    enum: "ar ca da de en es eu fa fr hr he it ja ka kr nb nl nn pl pt_BR ru sl sv tr ukr zh_CN zh_TW".split(
      " ",
    ),
  },
  mac_prefix: {
    type: "string",
    pattern: "(?i)[a-f0-9]{2}(?::[a-f0-9]{2}){0,2}:?".replace("(?i)", ""),
    optional: true,
  },
  max_workers: { type: "integer", minimum: 1, optional: true },
  migration: text,
  migration_unsecure: commonParams.flag,
  "next-id": text,
  notify: text,
  "registered-tags": text,
  replication: text,
  "tag-style": text,
  u2f: text,
  "user-tag-access": text,
  webauthn: text,
  delete: text,
};

function demandKnown(names: readonly string[]): void {
  for (const name of names) {
    if (name === "delete" || !Object.hasOwn(properties, name))
      throw badParameters({ delete: `unknown option '${name}'` });
  }
}

async function update(call: Call): Promise<null> {
  const changes = Object.entries(call.params.rest("delete", "digest"));
  const deleted = call.params.list("delete");
  demandKnown(deleted);
  if (changes.length === 0 && deleted.length === 0) die("no options specified");
  await cfsLock(call.cluster, call.node, "file-datacenter_cfg", async () => {
    const options = readDatacenter(call.cluster);
    for (const name of deleted) options.delete(name);
    for (const [name, value] of changes) options.set(name, value);
    call.node.files.write(datacenterFile, formatDatacenter(options));
  });
  return null;
}

export const optionsRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/cluster/options",
    permission: "user",
    params: {},
    handle: (call) => datacenterAnswer(call.cluster),
  },
  {
    method: "PUT",
    path: "/cluster/options",
    permission: { perm: "/", privs: ["Sys.Modify"] },
    worker: true,
    params: properties,
    handle: update,
  },
];

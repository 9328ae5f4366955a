import { createHash } from "node:crypto";
import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { byName } from "../kernel/by-name.ts";
import { die } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";

/** The text of a node's small file, or what it holds before anybody wrote it. */
function fileOf(call: Call, name: string, initial: string): string {
  return call.cluster.files.read(`nodes/${call.node.name}/${name}`) ?? initial;
}

function initialHosts({ node }: Call): string {
  return `127.0.0.1 localhost.localdomain localhost\n${node.address} ${node.name}.lab.example ${node.name}\n`;
}

function hosts(call: Call): unknown {
  const data = fileOf(call, "emulated-hosts", initialHosts(call));
  return { data, digest: createHash("sha1").update(data).digest("hex") };
}

function writeHosts(call: Call): null {
  call.node.files.write(`nodes/${call.node.name}/emulated-hosts`, call.params.text("data"));
  return null;
}

function lines(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(\w[\w-]*): (.*)$/gm)].map(([, key = "", value = ""]) => [key, value]),
  );
}

function dns(call: Call): unknown {
  return lines(fileOf(call, "emulated-dns", "dns1: 192.0.2.1\n"));
}

function writeDns(call: Call): null {
  const text = Object.entries(call.params.rest("node")).map(([key, value]) => `${key}: ${value}\n`);
  call.node.files.write(`nodes/${call.node.name}/emulated-dns`, text.join(""));
  return null;
}

function time(call: Call): unknown {
  const now = call.cluster.seconds(call.node);
  return { time: now, localtime: now, timezone: fileOf(call, "emulated-timezone", "Etc/UTC") };
}

function writeTime(call: Call): null {
  call.node.files.write(`nodes/${call.node.name}/emulated-timezone`, call.params.text("timezone"));
  return null;
}

/** The node's own options: `nodes/<node>/config`, the description in `#` lines. */
function config(call: Call): unknown {
  const text = fileOf(call, "config", "");
  if (text === "") return {};
  const description = [...text.matchAll(/^#(.*)$/gm)]
    .map(([, line = ""]) => `${decodeURIComponent(line)}\n`)
    .join("");
  const digest = createHash("sha1").update(text).digest("hex");
  return { ...(description === "" ? {} : { description }), ...lines(text), digest };
}

function writeConfig(call: Call): null {
  const current = lines(fileOf(call, "config", ""));
  const { description, ...changes } = call.params.rest("node", "delete", "digest");
  for (const key of call.params.list("delete")) delete current[key];
  const options = { ...current, ...changes };
  if (description === undefined && Object.keys(changes).length === 0 && !call.params.has("delete"))
    die("no options specified");
  const top = (description ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => `#${encodeURI(line)}\n`);
  const rest = Object.entries(options)
    .sort(byName)
    .map(([key, value]) => `${key}: ${value}\n`);
  call.node.files.write(`nodes/${call.node.name}/config`, [...top, ...rest].join(""));
  return null;
}

const audit = { perm: "/nodes/{node}", privs: ["Sys.Audit"] } as const;
const modify = { perm: "/nodes/{node}", privs: ["Sys.Modify"] } as const;
const node: ParamTable = { node: commonParams.node };
const { text } = commonParams;

/** A node's name resolution, time and options. */
export const nodeFileRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/hosts",
    onNode: true,
    permission: audit,
    params: node,
    handle: hosts,
  },
  {
    method: "POST",
    path: "/nodes/{node}/hosts",
    onNode: true,
    worker: true,
    permission: modify,
    params: { ...node, data: { type: "string" }, digest: commonParams.digest },
    handle: writeHosts,
  },
  { method: "GET", path: "/nodes/{node}/dns", onNode: true, permission: audit, params: node, handle: dns },
  {
    method: "PUT",
    path: "/nodes/{node}/dns",
    onNode: true,
    worker: true,
    permission: modify,
    params: { ...node, search: { type: "string" }, dns1: text, dns2: text, dns3: text },
    handle: writeDns,
  },
  { method: "GET", path: "/nodes/{node}/time", onNode: true, permission: audit, params: node, handle: time },
  {
    method: "PUT",
    path: "/nodes/{node}/time",
    onNode: true,
    worker: true,
    permission: modify,
    params: { ...node, timezone: { type: "string" } },
    handle: writeTime,
  },
  {
    method: "GET",
    path: "/nodes/{node}/config",
    onNode: true,
    permission: audit,
    params: { ...node, property: text },
    handle: config,
  },
  {
    method: "PUT",
    path: "/nodes/{node}/config",
    onNode: true,
    worker: true,
    permission: modify,
    params: {
      ...node,
      description: text,
      wakeonlan: text,
      acme: text,
      "startall-onboot-delay": { type: "integer", minimum: 0, maximum: 300, optional: true },
      "ballooning-target": { type: "integer", minimum: 0, maximum: 100, optional: true },
      delete: text,
      digest: commonParams.digest,
    },
    handle: writeConfig,
  },
];

import { randomUUID } from "node:crypto";
import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { cfsLock } from "../cluster/locks.ts";
import { formatSections, parseSections, type Sections } from "../cluster/section-config.ts";
import { die, PveError } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";

const file = "jobs.cfg";
const { text, flag } = commonParams;
const numeric = new Set([
  "all",
  "enabled",
  "quiet",
  "remove",
  "protected",
  "lockwait",
  "stopwait",
  "bwlimit",
  "ionice",
  "zstd",
  "pigz",
  "repeat-missed",
  "stdexcludes",
  "stop",
]);

/** Facts of pve-docs 9.1.3, api-viewer: POST /cluster/backup, without what vzdump alone takes. */
const properties: ParamTable = {
  all: flag,
  bwlimit: { type: "integer", minimum: 0, optional: true },
  comment: { type: "string", maxLength: 512, optional: true },
  compress: { type: "string", enum: ["0", "1", "gzip", "lzo", "zstd"], optional: true },
  dow: text,
  enabled: flag,
  exclude: { type: "string", format: "pve-vmid-list", optional: true },
  fleecing: text,
  ionice: { type: "integer", minimum: 0, maximum: 8, optional: true },
  lockwait: { type: "integer", minimum: 0, optional: true },
  mailnotification: { type: "string", enum: ["always", "failure"], optional: true },
  mailto: text,
  maxfiles: { type: "integer", minimum: 1, optional: true },
  mode: { type: "string", enum: ["snapshot", "suspend", "stop"], optional: true },
  node: { type: "string", format: "pve-node", optional: true },
  "notes-template": { type: "string", maxLength: 1024, optional: true },
  "notification-mode": {
    type: "string",
    enum: ["auto", "legacy-sendmail", "notification-system"],
    optional: true,
  },
  performance: text,
  pool: text,
  protected: flag,
  "prune-backups": text,
  quiet: flag,
  remove: flag,
  "repeat-missed": flag,
  schedule: { type: "string", format: "pve-calendar-event", maxLength: 128, optional: true },
  starttime: { type: "string", pattern: "\\d{1,2}:\\d{1,2}", optional: true },
  storage: { type: "string", format: "pve-storage-id", optional: true },
  vmid: { type: "string", format: "pve-vmid-list", optional: true },
  zstd: { type: "integer", optional: true },
};
const id: ParamTable = { id: { type: "string", maxLength: 50 } };

function typed(id: string, options: Readonly<Record<string, string>>): Record<string, unknown> {
  const values = Object.entries(options).map(
    ([key, value]) => [key, numeric.has(key) ? Number(value) : value] as const,
  );
  return { ...Object.fromEntries(values), id, type: "vzdump" };
}

function jobs(call: Call): Sections {
  return parseSections(call.cluster.files.read(file) ?? "");
}

async function edit(call: Call, change: (sections: Sections) => void): Promise<null> {
  await cfsLock(call.cluster, call.node, "file-jobs_cfg", async () => {
    const sections = jobs(call);
    change(sections);
    call.node.files.write(file, formatSections(sections));
  });
  return null;
}

function create(call: Call): Promise<null> {
  const { params } = call;
  const job = params.optionalText("id") ?? `backup-${randomUUID().slice(0, 13)}`;
  return edit(call, (sections) => {
    if (sections.has(job)) die(`Job '${job}' already exists`);
    sections.set(job, { type: "vzdump", options: params.rest("id", "node-restriction") });
  });
}

/** A schema error inside the lock arrives as 500 with its own text (docs/proxmox-facts.md#schema-errors-in-a-lock). */
function unknownJob(): PveError {
  return new PveError(500, "400 Parameter verification failed.\nid: No such job\n");
}

function update(call: Call): Promise<null> {
  const { params } = call;
  const job = params.text("id");
  return edit(call, (sections) => {
    const found = sections.get(job);
    if (found === undefined) throw unknownJob();
    for (const key of params.list("delete")) delete found.options[key];
    Object.assign(found.options, params.rest("id", "delete"));
  });
}

function remove(call: Call): Promise<null> {
  return edit(call, (sections) => {
    if (!sections.delete(call.params.text("id"))) throw unknownJob();
  });
}

function read(call: Call): unknown {
  const job = call.params.text("id");
  const found = jobs(call).get(job);
  if (found === undefined) throw new PveError(400, "Parameter verification failed.", { id: "No such job" });
  return typed(job, found.options);
}

const audit = { perm: "/", privs: ["Sys.Audit"] } as const;
const modify = { perm: "/", privs: ["Sys.Modify"] } as const;

/** Backup jobs: kept, never run. */
export const backupJobRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/cluster/backup",
    permission: audit,
    params: {},
    handle: (call) => [...jobs(call)].map(([job, { options }]) => typed(job, options)),
  },
  {
    method: "POST",
    path: "/cluster/backup",
    permission: modify,
    worker: true,
    params: { ...properties, id: { type: "string", maxLength: 50, optional: true } },
    handle: create,
  },
  { method: "GET", path: "/cluster/backup/{id}", permission: audit, params: id, handle: read },
  {
    method: "PUT",
    path: "/cluster/backup/{id}",
    permission: modify,
    worker: true,
    params: { ...properties, ...id, delete: text },
    handle: update,
  },
  {
    method: "DELETE",
    path: "/cluster/backup/{id}",
    permission: modify,
    worker: true,
    params: id,
    handle: remove,
  },
];

import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { type GuestJob, inTask } from "../../guests/guest-job.ts";
import { migrationLock } from "../../guests/guest-locks.ts";
import { flagParam, guestPathParams, snapshotNameParam } from "../../guests/guest-params.ts";
import { isRunning } from "../../guests/running/guest-runtime.ts";
import { die } from "../../kernel/pve-error.ts";
import { checkLock, editConfig, loadConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { jsonValues } from "../config/json-values.ts";
import { hidden } from "../config/merge-pending.ts";
import { guestPath } from "../options/machine-params.ts";
import { startGuest } from "../power/start-guest.ts";
import { createSnapshot } from "./create-snapshot.ts";
import { deleteSnapshot } from "./delete-snapshot.ts";
import { rollbackSnapshot } from "./rollback-snapshot.ts";

const base = `${guestPath}/snapshot`;
const named = { ...guestPathParams, snapname: snapshotNameParam };
const take = { perm: "/vms/{vmid}", privs: ["VM.Snapshot"] } as const;
const rollBack = { perm: "/vms/{vmid}", privs: ["VM.Snapshot", "VM.Snapshot.Rollback"], any: true } as const;
const read = {
  perm: "/vms/{vmid}",
  privs: ["VM.Snapshot", "VM.Snapshot.Rollback", "VM.Audit"],
  any: true,
} as const;
const audit = { perm: "/vms/{vmid}", privs: ["VM.Audit"] } as const;

/** Snapshots: list, take, describe, roll back, delete. */
export const snapshotRoutes: readonly Route[] = [
  {
    method: "GET",
    path: base,
    params: guestPathParams,
    permission: audit,
    onNode: true,
    worker: true,
    handle: list,
  },
  {
    method: "POST",
    path: base,
    params: { ...named, vmstate: flagParam, description: { type: "string", optional: true } },
    permission: take,
    onNode: true,
    worker: true,
    handle: takeSnapshot,
  },
  {
    method: "GET",
    path: `${base}/{snapname}`,
    params: named,
    permission: "user",
    handle: () => [{ cmd: "rollback" }, { cmd: "config" }],
  },
  {
    method: "DELETE",
    path: `${base}/{snapname}`,
    params: { ...named, force: flagParam },
    permission: take,
    onNode: true,
    worker: true,
    handle: (call) => inTask(call, "qmdelsnapshot", (job) => deleteNamed(call, job)),
  },
  {
    method: "GET",
    path: `${base}/{snapname}/config`,
    params: named,
    permission: read,
    onNode: true,
    handle: showConfig,
  },
  {
    method: "PUT",
    path: `${base}/{snapname}/config`,
    params: { ...named, description: { type: "string", optional: true } },
    permission: take,
    onNode: true,
    worker: true,
    handle: describe,
  },
  {
    method: "POST",
    path: `${base}/{snapname}/rollback`,
    params: { ...named, start: flagParam },
    permission: rollBack,
    onNode: true,
    worker: true,
    handle: rollback,
  },
];

function list({ cluster, node, params }: Call) {
  const vmid = params.int("vmid");
  const config = loadConfig(cluster, node, vmid);
  const rows = Object.entries(config.snapshots).map(([name, values]) => ({
    name,
    snaptime: Number(values["snaptime"] ?? 0),
    vmstate: values["vmstate"] === undefined ? 0 : 1,
    description: values["description"] ?? "",
    ...(values["parent"] === undefined ? {} : { parent: values["parent"] }),
    ...(values["snapstate"] === undefined ? {} : { snapstate: values["snapstate"] }),
  }));
  const { parent } = config.values;
  const current = { name: "current", digest: config.digest, running: isRunning(cluster, vmid) ? 1 : 0 };
  return [...rows, { ...current, description: "You are here!", ...(parent === undefined ? {} : { parent }) }];
}

async function takeSnapshot(call: Call): Promise<string> {
  const name = call.params.text("snapname");
  if (name === "current") die("unable to use snapshot name 'current' (reserved name)");
  if (name.toLowerCase() === "pending") die("unable to use snapshot name 'pending' (reserved name)");
  loadConfig(call.cluster, call.node, call.params.int("vmid"));
  const description = call.params.optionalText("description");
  const vmstate = call.params.flag("vmstate");
  return await inTask(call, "qmsnapshot", (job) => createSnapshot(job, { name, description, vmstate }));
}

async function deleteNamed({ params }: Call, job: GuestJob): Promise<void> {
  const unwanted = { name: params.text("snapname"), force: params.flag("force") };
  await migrationLock(job.cluster, job.node, job.vmid, () => deleteSnapshot(job, unwanted));
}

async function rollback(call: Call): Promise<string> {
  const { cluster, identity, params } = call;
  const name = params.text("snapname");
  const start = params.flag("start");
  if (start) cluster.require(identity, `/vms/${params.text("vmid")}`, ["VM.PowerMgmt"]);
  return await inTask(call, "qmrollback", (job) =>
    migrationLock(cluster, job.node, job.vmid, async () => {
      await rollbackSnapshot(job, name);
      if (start && !isRunning(cluster, job.vmid)) await startGuest(job);
    }),
  );
}

function showConfig({ cluster, node, params }: Call) {
  const name = params.text("snapname");
  const { snapshots } = loadConfig(cluster, node, params.int("vmid"));
  return hidden(jsonValues(snapshots[name] ?? die(`snapshot '${name}' does not exist`)));
}

async function describe({ cluster, node, params }: Call): Promise<null> {
  const vmid = params.int("vmid");
  const name = params.text("snapname");
  const description = params.optionalText("description");
  if (description === undefined) return null;
  await lockConfig(cluster, node, vmid, async () => {
    const config = editConfig(cluster, node, vmid);
    checkLock(config);
    const snapshot = config.snapshots[name] ?? die(`snapshot '${name}' does not exist`);
    snapshot["description"] = description;
    await saveConfig(cluster, node, vmid, config);
  });
  return null;
}

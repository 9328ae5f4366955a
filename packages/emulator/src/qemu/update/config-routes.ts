import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import {
  digestParam,
  flagParam,
  guestPathParams,
  snapshotNameParam,
  storageParam,
} from "../../guests/guest-params.ts";
import { badParameters, die, PveError } from "../../kernel/pve-error.ts";
import type { ParamTable } from "../../schema/param-table.ts";
import { Params } from "../../schema/params.ts";
import type { TaskRecord } from "../../tasks/task-run.ts";
import { loadConfig, lockConfig } from "../config/config-file.ts";
import { pendingRows, shownConfig, shownSnapshot } from "../config/merge-pending.ts";
import { guestOptions } from "../options/guest-options.ts";
import { guestPath } from "../options/machine-params.ts";
import { applyUpdate, checkUpdate } from "./apply-update.ts";
import { prepareUpdate } from "./prepare-update.ts";

const changes: ParamTable = {
  ...guestOptions,
  ...guestPathParams,
  cdrom: { type: "string", optional: true },
  delete: { type: "string", format: "pve-configid-list", optional: true },
  revert: { type: "string", format: "pve-configid-list", optional: true },
  digest: digestParam,
  force: { ...flagParam, requires: "delete" },
  skiplock: flagParam,
};

const privileges = ["Disk", "CDROM", "CPU", "Memory", "Network", "HWType", "Options", "Cloudinit"];
const audit = { perm: "/vms/{vmid}", privs: ["VM.Audit"] } as const;
const change = {
  perm: "/vms/{vmid}",
  privs: privileges.map((name) => `VM.Config.${name}`),
  any: true,
} as const;

/** A machine's configuration: reading, changing at once (PUT), changing in a task (POST). */
export const configRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${guestPath}/config`,
    params: { ...guestPathParams, current: flagParam, snapshot: { ...snapshotNameParam, optional: true } },
    permission: audit,
    onNode: true,
    handle: showConfig,
  },
  {
    method: "GET",
    path: `${guestPath}/pending`,
    params: guestPathParams,
    permission: audit,
    onNode: true,
    handle: ({ cluster, node, params }) => pendingRows(loadConfig(cluster, node, params.int("vmid"))),
  },
  {
    method: "PUT",
    path: `${guestPath}/config`,
    params: changes,
    permission: change,
    onNode: true,
    worker: true,
    handle: changeNow,
  },
  {
    method: "POST",
    path: `${guestPath}/config`,
    params: {
      ...changes,
      background_delay: { type: "integer", minimum: 1, maximum: 30, optional: true },
      "import-working-storage": storageParam,
    },
    permission: change,
    onNode: true,
    worker: true,
    handle: changeInTask,
  },
  {
    method: "PUT",
    path: `${guestPath}/unlink`,
    params: { ...guestPathParams, idlist: { type: "string", format: "pve-configid-list" }, force: flagParam },
    permission: { perm: "/vms/{vmid}", privs: ["VM.Config.Disk"] },
    onNode: true,
    worker: true,
    handle: unlink,
  },
];

function showConfig({ cluster, node, params }: Call): Record<string, string | number> {
  const name = params.optionalText("snapshot");
  if (name !== undefined && params.flag("current")) {
    const text = "cannot use 'snapshot' parameter with 'current'";
    throw badParameters({ snapshot: text, current: text });
  }
  const config = loadConfig(cluster, node, params.int("vmid"));
  if (name === undefined) return shownConfig(config, params.flag("current"));
  return shownSnapshot(config, config.snapshots[name] ?? die(`snapshot '${name}' does not exist`));
}

/** Changes a configuration and answers when it is done; PUT config and unlink share it. */
async function changeNow(call: Call): Promise<null> {
  const request = await prepareUpdate(call);
  checkUpdate(request);
  await lockConfig(call.cluster, call.node, request.vmid, () => applyUpdate(request, () => {}));
  return null;
}

/** `unlink` is a config PUT under another name. */
async function unlink(call: Call): Promise<null> {
  const { idlist = "", ...rest } = call.params.rest();
  return await changeNow({ ...call, params: new Params(Object.entries({ ...rest, delete: idlist })) });
}

async function changeInTask(call: Call): Promise<string | null> {
  const { cluster, node, identity } = call;
  const request = await prepareUpdate(call);
  checkUpdate(request);
  const subject = { node, identity, type: "qmconfig", id: String(request.vmid) };
  const record = await cluster.tasks.start(subject, (task) =>
    lockConfig(cluster, node, request.vmid, () => applyUpdate(request, task.log)),
  );
  const delay = call.params.optionalInt("background_delay");
  if (delay === undefined || !(await endsWithin(call, record, delay))) return record.upid;
  if (record.exitStatus === "OK" || record.exitStatus?.startsWith("WARNINGS")) return null;
  throw new PveError(500, `failed to update VM ${request.vmid}: ${record.exitStatus ?? "unexpected status"}`);
}

async function endsWithin({ cluster }: Call, record: TaskRecord, seconds: number): Promise<boolean> {
  const timer = new AbortController();
  const late = cluster.clock.sleep(seconds * 1000, AbortSignal.any([timer.signal, cluster.stopped])).then(
    () => false,
    () => false,
  );
  const ended = await Promise.race([record.done.then(() => true), late]);
  timer.abort();
  return ended;
}

import type { Call } from "../api/call.ts";
import { type Route, type WithTotal, withTotal } from "../api/route.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../kernel/identity.ts";
import { badParameters, PveError } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import type { TaskRecord } from "../tasks/task-run.ts";
import { parseUpid } from "../tasks/upid.ts";

function taskOf(call: Call): TaskRecord {
  const upid = call.params.text("upid");
  if (parseUpid(upid) === undefined) throw badParameters({ upid: "unable to parse worker upid" });
  const task = call.cluster.tasks.find(upid);
  if (task === undefined || task.node !== call.node.name) throw badParameters({ upid: "no such task" });
  return task;
}

/** Own tasks, also those of one's tokens; a token sees only its own. */
function isOwn(identity: Identity, task: TaskRecord): boolean {
  return (
    identity.userid === task.userid && (identity.tokenid === undefined || identity.tokenid === task.tokenid)
  );
}

function demand(call: Call, task: TaskRecord, privilege: string): void {
  if (!isOwn(call.identity, task)) call.cluster.require(call.identity, `/nodes/${task.node}`, [privilege]);
}

function common(task: TaskRecord): Record<string, unknown> {
  return {
    upid: task.upid,
    node: task.node,
    pid: task.pid,
    pstart: task.pstart,
    starttime: task.startTime,
    type: task.type,
    id: task.id,
    user: task.userid,
  };
}

function status(call: Call): unknown {
  const task = taskOf(call);
  demand(call, task, "Sys.Audit");
  return {
    ...common(task),
    ...(task.tokenid === undefined ? {} : { tokenid: task.tokenid }),
    status: task.exitStatus === undefined ? "running" : "stopped",
    ...(task.exitStatus === undefined ? {} : { exitstatus: task.exitStatus }),
  };
}

/** A log that is not on the node reads as one line that says so; on 8.4 that line is no list (recordings, multinode n 100). */
function log(call: Call): WithTotal {
  const upid = call.params.text("upid");
  if (parseUpid(upid) === undefined) throw badParameters({ upid: "unable to parse worker upid" });
  const found = call.cluster.tasks.find(upid);
  if (found === undefined || found.node !== call.node.name) {
    const line = { n: 1, t: "unable to open file - No such file or directory" };
    return withTotal(call.cluster.version.id === "8.4" ? line : [line], 1);
  }
  return readLog(call, found);
}

function readLog(call: Call, task: TaskRecord): WithTotal {
  demand(call, task, "Sys.Audit");
  const lines = call.cluster.tasks.lines(task) ?? [];
  const start = call.params.optionalInt("start") ?? 0;
  const limit = call.params.optionalInt("limit") ?? 50;
  const shown = lines.slice(start, limit === 0 ? undefined : start + limit);
  const rows = shown.map((t, index) => ({ n: start + index + 1, t }));
  return withTotal(
    rows.length === 0 && lines.length === 0 ? [{ n: 1, t: "no content" }] : rows,
    lines.length,
  );
}

function stop(call: Call): null {
  const task = taskOf(call);
  demand(call, task, "Sys.Modify");
  if (task.exitStatus === undefined) call.cluster.tasks.stop(task);
  return null;
}

function listRow(task: TaskRecord): Record<string, unknown> {
  const full = task.tokenid === undefined ? task.userid : `${task.userid}!${task.tokenid}`;
  const row = {
    ...common(task),
    user: full,
    ...(task.tokenid === undefined ? {} : { tokenid: task.tokenid }),
  };
  if (task.exitStatus === undefined) return { ...row, status: "RUNNING" };
  return { ...row, status: task.exitStatus, endtime: task.endTime };
}

/** `error` is everything but OK, warnings and unknown. */
function statusKind(exit: string | undefined): string {
  if (exit === "OK") return "ok";
  if (exit === undefined || exit === "unexpected status") return "unknown";
  return exit.startsWith("WARNINGS: ") ? "warning" : "error";
}

function filters(call: Call): ((task: TaskRecord) => boolean)[] {
  const { params, cluster, identity } = call;
  const { node } = call;
  const auditor = cluster.allow(identity, `/nodes/${node.name}`, ["Sys.Audit"]);
  const source = params.optionalText("source") ?? "archive";
  const [vmid, type, user] = [
    params.optionalText("vmid"),
    params.optionalText("typefilter"),
    params.optionalText("userfilter"),
  ];
  const [since, until] = [params.optionalInt("since"), params.optionalInt("until")];
  const kinds = params.list("statusfilter");
  const errors = params.flag("errors");
  return [
    (task) => auditor || isOwn(identity, task),
    (task) => source === "all" || (source === "active") === (task.exitStatus === undefined),
    (task) => vmid === undefined || task.id === vmid,
    (task) => type === undefined || task.type === type,
    (task) => user === undefined || task.userid.toLowerCase().includes(user.toLowerCase()),
    (task) =>
      (since === undefined || task.startTime >= since) && (until === undefined || task.startTime <= until),
    (task) => kinds.length === 0 || kinds.includes(statusKind(task.exitStatus)),
    (task) => !errors || statusKind(task.exitStatus) === "error",
  ];
}

function list(call: Call): WithTotal {
  const wanted = filters(call);
  const found = call.cluster.tasks
    .of(call.node.name)
    .reverse()
    .filter((task) => wanted.every((accept) => accept(task)));
  const start = call.params.optionalInt("start") ?? 0;
  const limit = call.params.optionalInt("limit") ?? 50;
  return withTotal(found.slice(start, start + limit).map(listRow), found.length);
}

/** Running tasks and the latest 25 of each node, without their process numbers. */
export function clusterTasks(cluster: Cluster, identity: Identity): unknown[] {
  const rows = [...cluster.nodes.keys()].flatMap((node) => {
    const auditor = cluster.allow(identity, `/nodes/${node}`, ["Sys.Audit"]);
    const visible = cluster.tasks
      .of(node)
      .reverse()
      .filter((task) => auditor || isOwn(identity, task));
    return visible.filter((task, index) => task.exitStatus === undefined || index < 25);
  });
  return rows
    .sort((a, b) => b.startTime - a.startTime)
    .map((task) => {
      const { pid: _, pstart: __, ...row } = listRow(task);
      return task.exitStatus === undefined ? { ...row, status: undefined } : { ...row, saved: "1" };
    });
}

const filterParams = {
  node: commonParams.node,
  start: { type: "integer", minimum: 0, optional: true },
  limit: { type: "integer", minimum: 0, optional: true },
  userfilter: commonParams.text,
  typefilter: commonParams.text,
  vmid: { ...commonParams.vmid, optional: true },
  errors: commonParams.flag,
  source: { type: "string", enum: ["archive", "active", "all"], optional: true },
  since: { type: "integer", optional: true },
  until: { type: "integer", optional: true },
  statusfilter: { type: "string", optional: true },
} as const;
const upid = { node: commonParams.node, upid: { type: "string" } } as const;
const path = "/nodes/{node}/tasks/{upid}";

/** Tasks of a node and of the cluster. */
export const taskRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/tasks",
    permission: "user",
    onNode: true,
    params: filterParams,
    handle: list,
  },
  {
    method: "GET",
    path,
    permission: "user",
    params: upid,
    handle: () => ["log", "status"].map((name) => ({ name })),
  },
  {
    method: "GET",
    path: `${path}/status`,
    permission: "user",
    onNode: true,
    worker: true,
    params: upid,
    handle: status,
  },
  {
    method: "GET",
    path: `${path}/log`,
    permission: "user",
    onNode: true,
    worker: true,
    params: { ...upid, start: filterParams.start, limit: filterParams.limit, download: commonParams.flag },
    handle: (call) => {
      if (call.params.flag("download"))
        throw new PveError(501, "emulator: download of task logs is not supported");
      return log(call);
    },
  },
  { method: "DELETE", path, permission: "user", onNode: true, worker: true, params: upid, handle: stop },
  {
    method: "GET",
    path: "/cluster/tasks",
    permission: "user",
    params: {},
    handle: (call) => clusterTasks(call.cluster, call.identity),
  },
];

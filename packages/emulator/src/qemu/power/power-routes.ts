import type { Call } from "../../api/call.ts";
import { refuseUnlessRoot } from "../../api/refuse-unless-root.ts";
import type { Route } from "../../api/route.ts";
import { jobOf } from "../../guests/guest-job.ts";
import { flagParam, storageParam } from "../../guests/guest-params.ts";
import { powerVerbs } from "../../guests/power-verb.ts";
import { guestRuntime } from "../../guests/running/guest-runtime.ts";
import { askHaToStart, askHaToStop } from "../../ha/ask-ha.ts";
import { isHaManaged } from "../../ha/ha-store.ts";
import { die } from "../../kernel/pve-error.ts";
import type { ParamTable } from "../../schema/param-table.ts";
import type { TaskRun } from "../../tasks/task-run.ts";
import { loadConfig } from "../config/config-file.ts";
import { guestPath } from "../options/machine-params.ts";
import { pauseGuest, resetGuest, resumeGuest } from "./pause-guest.ts";
import { startGuest } from "./start-guest.ts";
import { rebootGuest, stopGuest } from "./stop-guest.ts";
import { suspendToDisk } from "./suspend-guest.ts";

const timeout = { timeout: { type: "integer", minimum: 0, optional: true } } as const;
const migratedFrom = { migratedfrom: { type: "string", format: "pve-node", optional: true } } as const;
const skiplock = { skiplock: flagParam };

const startParams: ParamTable = {
  ...skiplock,
  ...timeout,
  ...migratedFrom,
  "force-cpu": {
    type: "string",
    optional: true,
  },
  machine: {
    type: "string",
    optional: true,
  },
  migration_network: {
    type: "string",
    format: "CIDR",
    optional: true,
  },
  migration_type: {
    type: "string",
    enum: ["secure", "insecure"],
    optional: true,
  },
  "nets-host-mtu": {
    type: "string",
    pattern: "net\\d+=\\d+(,net\\d+=\\d+)*",
    optional: true,
  },
  stateuri: {
    type: "string",
    maxLength: 128,
    optional: true,
  },
  targetstorage: {
    type: "string",
    optional: true,
  },
  "with-conntrack-state": flagParam,
};

const verb = powerVerbs(guestPath);

function demandRunning({ cluster, node, params }: Call): void {
  const vmid = params.int("vmid");
  if (guestRuntime(cluster).on(node.name, vmid) === undefined) die(`VM ${vmid} not running`);
}

function isPaused({ cluster, node, params }: Call): boolean {
  return guestRuntime(cluster).on(node.name, params.int("vmid"))?.paused === true;
}

/** Such a guest is started and stopped by HA, which is only asked to. */
function isManaged({ cluster, params }: Call): boolean {
  return isHaManaged(cluster, params.int("vmid"));
}

const rootOnlyAtStart = [
  "stateuri",
  "skiplock",
  "migratedfrom",
  "migration_type",
  "migration_network",
  "targetstorage",
];

/** Start, stop and what lies between. */
export const powerRoutes: readonly Route[] = [
  verb("start", startParams, (call) => {
    refuseUnlessRoot(call, ...rootOnlyAtStart, "force-cpu", "with-conntrack-state", "nets-host-mtu");
    if (!call.cluster.quorate(call.node)) die("cluster not ready - no quorum?");
    if (isManaged(call)) return { type: "hastart", work: askHaToStart("qemu") };
    return { type: "qmstart", work: (call, task) => startGuest(jobOf(call, task)) };
  }),
  verb(
    "stop",
    { ...skiplock, ...timeout, ...migratedFrom, keepActive: flagParam, "overrule-shutdown": flagParam },
    (call) => {
      refuseUnlessRoot(call, "skiplock", "keepActive", "migratedfrom");
      if (isManaged(call)) return { type: "hastop", work: askHaToStop("qemu", 0) };
      return { type: "qmstop", work: stopNow };
    },
  ),
  verb("shutdown", { ...skiplock, ...timeout, forceStop: flagParam, keepActive: flagParam }, (call) => {
    refuseUnlessRoot(call, "skiplock", "keepActive");
    const force = call.params.flag("forceStop");
    const paused = isPaused(call);
    if (paused && !force) die("VM is paused - cannot shutdown");
    if (isManaged(call))
      return { type: "hastop", work: askHaToStop("qemu", call.params.optionalInt("timeout") ?? 60) };
    const options = { shutdown: !paused, force, timeout: call.params.optionalInt("timeout") };
    return { type: "qmshutdown", work: (call, task) => stopGuest(jobOf(call, task), options) };
  }),
  verb("reboot", timeout, (call) => {
    if (isPaused(call)) die("VM is paused - cannot shutdown");
    demandRunning(call);
    const seconds = call.params.optionalInt("timeout");
    return { type: "qmreboot", work: (call, task) => rebootGuest(jobOf(call, task), seconds) };
  }),
  verb("reset", skiplock, (call) => {
    refuseUnlessRoot(call, "skiplock");
    demandRunning(call);
    return { type: "qmreset", work: (call, task) => resetGuest(jobOf(call, task)) };
  }),
  verb(
    "suspend",
    { ...skiplock, todisk: flagParam, statestorage: { ...storageParam, requires: "todisk" } },
    (call) => {
      refuseUnlessRoot(call, "skiplock");
      demandRunning(call);
      if (!call.params.flag("todisk"))
        return { type: "qmpause", work: (call, task) => pauseGuest(jobOf(call, task)) };
      const storage = call.params.optionalText("statestorage");
      return { type: "qmsuspend", work: (call, task) => suspendToDisk(jobOf(call, task), storage) };
    },
  ),
  verb("resume", { ...skiplock, nocheck: flagParam }, (call) => {
    refuseUnlessRoot(call, "skiplock", "nocheck");
    const { values } = loadConfig(call.cluster, call.node, call.params.int("vmid"));
    if (values["lock"] === "suspended")
      return { type: "qmresume", work: (call, task) => startGuest(jobOf(call, task)) };
    demandRunning(call);
    return { type: "qmresume", work: (call, task) => resumeGuest(jobOf(call, task)) };
  }),
];

async function stopNow(call: Call, task: TaskRun): Promise<void> {
  const { cluster, params } = call;
  if (params.flag("overrule-shutdown")) {
    const id = params.text("vmid");
    const overruled = cluster.tasks
      .running()
      .filter((other) => other.type === "qmshutdown" && other.id === id);
    for (const other of overruled) cluster.tasks.stop(other);
    if (overruled.length > 0)
      task.log(`overruled qmshutdown tasks: ${overruled.map((other) => other.upid).join(", ")}`);
  }
  await stopGuest(jobOf(call, task), {
    shutdown: false,
    force: true,
    timeout: params.optionalInt("timeout"),
  });
}

import type { Call } from "../../api/call.ts";
import { refuseUnlessRoot } from "../../api/root-only.ts";
import type { Route } from "../../api/route.ts";
import { die } from "../../kernel/pve-error.ts";
import type { VolumeFeature } from "../../storage/volume-types.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { guestWords } from "../../versions/guest-words.ts";
import { storageOf } from "../config/drive.ts";
import { flagParam, guestPath, guestPathParams, snapshotNameParam } from "../schema/guest-params.ts";
import { snapshotDrives } from "../snapshot/snapshot-drives.ts";
import { guestRuntime, isRunning } from "../state/guest-runtime.ts";
import { loadConfig } from "../state/load-config.ts";
import { guestHistory } from "../status/guest-history.ts";

const audit = { perm: "/vms/{vmid}", privs: ["VM.Audit"] } as const;

/** What is left: features, history, keys, the monitor. */
export const miscRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${guestPath}/feature`,
    params: {
      ...guestPathParams,
      feature: { type: "string", enum: ["snapshot", "clone", "copy"] },
      snapname: { ...snapshotNameParam, optional: true },
    },
    permission: audit,
    onNode: true,
    worker: true,
    handle: feature,
  },
  {
    method: "GET",
    path: `${guestPath}/rrddata`,
    params: {
      ...guestPathParams,
      timeframe: { type: "string", enum: ["hour", "day", "week", "month", "year"] },
      cf: { type: "string", enum: ["AVERAGE", "MAX"], optional: true },
    },
    permission: audit,
    worker: true,
    handle: ({ cluster, params }) => guestHistory(cluster).rows(params.int("vmid"), params.text("timeframe")),
  },
  {
    method: "PUT",
    path: `${guestPath}/sendkey`,
    params: { ...guestPathParams, key: { type: "string" }, skiplock: flagParam },
    permission: { perm: "/vms/{vmid}", privs: ["VM.Console"] },
    onNode: true,
    worker: true,
    handle(call) {
      refuseUnlessRoot(call, "skiplock");
      demandRunning(call);
      return null;
    },
  },
  {
    method: "POST",
    path: `${guestPath}/spiceproxy`,
    params: { ...guestPathParams, proxy: { type: "string", format: "address", optional: true } },
    permission: { perm: "/vms/{vmid}", privs: ["VM.Console"] },
    onNode: true,
    worker: true,
    // What a machine without a SPICE display answers; no emulated display speaks SPICE.
    handle: () => die("no spice port"),
  },
  {
    method: "POST",
    path: `${guestPath}/monitor`,
    params: { ...guestPathParams, command: { type: "string" } },
    permission: { check: monitorRight },
    onNode: true,
    worker: true,
    handle: monitor,
  },
];

function demandRunning({ cluster, node, params }: Call): void {
  const vmid = params.int("vmid");
  loadConfig(cluster, node, vmid);
  if (guestRuntime(cluster).on(node.name, vmid) === undefined) die(`VM ${vmid} not running`);
}

/** 9.0 asks for system privileges where 8.x had VM.Monitor. */
function monitorRight({ cluster, identity, params }: Call): void {
  const path = `/vms/${params.text("vmid")}`;
  if (cluster.version.privileges.includes("VM.Monitor")) cluster.require(identity, path, ["VM.Monitor"]);
  else cluster.require(identity, path, ["Sys.Audit", "Sys.Modify"], true);
}

/** The only things the monitor knows; QEMU answers the rest like this, too. */
function monitor(call: Call): string {
  demandRunning(call);
  const command = call.params.text("command");
  const { version } = call.cluster;
  if (command === "info version") return `${version.qemu}Debian 1:${guestWords(version).qemuPackage}\r\n`;
  if (command === "info status") return "VM status: running\r\n";
  return `unknown command: '${command}'\r\n`;
}

function feature({ cluster, node, params }: Call) {
  const vmid = params.int("vmid");
  const config = loadConfig(cluster, node, vmid);
  const name = params.optionalText("snapname");
  const values =
    name === undefined ? config.values : (config.snapshots[name] ?? die(`snapshot '${name}' does not exist`));
  const wanted = featureOf(params.text("feature"));
  const question = { running: isRunning(cluster, vmid), ...(name === undefined ? {} : { snapshot: name }) };
  const drives = snapshotDrives(values).map(({ drive }) => drive.file);
  const has = drives.every((file) => volumes(cluster).hasFeature(node, wanted, file, question));
  const shared = drives.every((file) => volumes(cluster).config(storageOf(file) ?? "").shared);
  return {
    hasFeature: has ? 1 : 0,
    nodes: shared ? cluster.knownNodes(node).map((known) => known.name) : [node.name],
  };
}

function featureOf(name: string): VolumeFeature {
  return name === "clone" || name === "copy" ? name : "snapshot";
}

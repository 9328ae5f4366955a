import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { guestPathParams, snapshotNameParam } from "../../guests/guest-params.ts";
import { isRunning } from "../../guests/running/guest-runtime.ts";
import { die } from "../../kernel/pve-error.ts";
import type { VolumeFeature } from "../../storage/volume-types.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { loadConfig } from "../config/config-file.ts";
import { storageOf } from "../config/drive.ts";
import { guestPath } from "../options/machine-params.ts";
import { snapshotDrives } from "./snapshot-drives.ts";

/** `GET /nodes/{node}/qemu/{vmid}/feature`: whether the disks allow a snapshot, a clone or a copy. */
export const featureRoute: Route = {
  method: "GET",
  path: `${guestPath}/feature`,
  params: {
    ...guestPathParams,
    feature: { type: "string", enum: ["snapshot", "clone", "copy"] },
    snapname: { ...snapshotNameParam, optional: true },
  },
  permission: { perm: "/vms/{vmid}", privs: ["VM.Audit"] },
  onNode: true,
  worker: true,
  handle: feature,
};

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

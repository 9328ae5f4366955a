import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { checkBridges } from "../../guests/check-bridges.ts";
import { isTemplate } from "../../guests/config/config-checks.ts";
import type { ConfigValues, GuestConfig } from "../../guests/config/guest-config.ts";
import { isRunning } from "../../guests/running/guest-runtime.ts";
import type { Identity } from "../../kernel/identity.ts";
import { badParameters, die, PveError } from "../../kernel/pve-error.ts";
import { unusableReason } from "../../storage/catalog/storage-catalog.ts";
import type { VolumeFormat } from "../../storage/volume-types.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { checkLock, configPath, findConfig } from "../config/config-file.ts";
import { isCdrom, parseDrive, storageOf } from "../config/drive.ts";
import { isDriveName } from "../options/drive-names.ts";
import { type ClonePlan, planClone } from "./plan-clone.ts";

/** A wanted copy of a machine. */
export interface CloneRequest {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly identity: Identity;
  readonly vmid: number;
  readonly newid: number;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly pool: string | undefined;
  readonly snapshot: string | undefined;
  readonly storage: string | undefined;
  readonly format: VolumeFormat | undefined;
  /** Copy the disks; by default only a template's are linked. */
  readonly full: boolean | undefined;
  /** The node that shall own the copy; undefined for this one. */
  readonly target: Node | undefined;
}

/** Everything that can be said about a clone before it begins, and again under its locks. */
export function checkClone(request: CloneRequest): ClonePlan {
  const { cluster, node, vmid, newid, pool } = request;
  if (pool !== undefined && !cluster.access.hasPool(pool)) {
    throw new PveError(403, `Permission check failed (pool '${pool}' does not exist)`);
  }
  checkTargetStorage(request);
  if (!cluster.quorate(node)) die("cluster not ready - no quorum?");
  const config =
    findConfig(cluster, node.name, vmid) ??
    die(`unable to find configuration file for VM ${vmid} on node '${node.name}'`);
  checkLock(config);
  const values = sourceValues(request, config);
  const full = request.full ?? !isTemplate(config);
  if (!full && request.storage !== undefined) die("parameter 'storage' not allowed for linked clones");
  if (!full && request.format !== undefined) die("parameter 'format' not allowed for linked clones");
  const shared = checkStorages(request, values);
  checkBridges(cluster, request.identity, values);
  if (request.target !== undefined && !shared) {
    die(`can't clone VM to node '${request.target.name}' (VM uses local storage)`);
  }
  if (cluster.files.read(configPath(node.name, newid)) !== undefined) {
    die(`unable to create VM ${newid}: config file already exists`);
  }
  const running = isRunning(cluster, vmid);
  return planClone(volumes(cluster), {
    node,
    values,
    full,
    running,
    ...(request.snapshot === undefined ? {} : { snapshot: request.snapshot }),
  });
}

function sourceValues({ snapshot }: CloneRequest, config: GuestConfig): Readonly<ConfigValues> {
  if (snapshot === undefined) return config.values;
  return config.snapshots[snapshot] ?? die(`snapshot '${snapshot}' does not exist`);
}

function checkTargetStorage({ cluster, node, storage, target }: CloneRequest): void {
  if (storage === undefined) return;
  const config = volumes(cluster).config(storage);
  for (const place of target === undefined ? [node] : [node, target]) {
    const reason = unusableReason({ cluster, node: place, storage: config });
    if (reason !== undefined) die(reason);
  }
  if (!config.content.has("images"))
    throw badParameters({ storage: `storage '${storage}' does not support vm images` });
  if (target !== undefined && !config.shared) die(`can't clone to non-shared storage '${storage}'`);
}

/** Demands space on every storage a copy would use; answers whether all of them are shared. */
function checkStorages(
  { cluster, identity, storage }: CloneRequest,
  values: Readonly<ConfigValues>,
): boolean {
  let shared = true;
  for (const key of Object.keys(values).filter(isDriveName)) {
    const drive = parseDrive(values[key] ?? "");
    if (drive.file === "" || drive.file === "none") continue;
    if (drive.file === "cdrom") {
      cluster.require(identity, "/", ["Sys.Console"]);
      continue;
    }
    const own = storageOf(drive.file);
    if (own === undefined) continue;
    if (!volumes(cluster).config(own).shared) shared = false;
    if (!isCdrom(drive)) cluster.require(identity, `/storage/${storage ?? own}`, ["Datastore.AllocateSpace"]);
  }
  return shared;
}

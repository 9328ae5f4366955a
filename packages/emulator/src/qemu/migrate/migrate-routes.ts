import type { Call } from "../../api/call.ts";
import { refuseUnlessRoot } from "../../api/refuse-unless-root.ts";
import type { Route } from "../../api/route.ts";
import { bandwidthParam, flagParam, guestPathParams } from "../../guests/guest-params.ts";
import { requireOnGuest } from "../../guests/guest-permission.ts";
import { isRunning } from "../../guests/running/guest-runtime.ts";
import { askHaToMigrate } from "../../ha/ask-ha.ts";
import { isHaManaged } from "../../ha/ha-store.ts";
import { badParameters, die, PveError } from "../../kernel/pve-error.ts";
import { unusableReason } from "../../storage/catalog/storage-catalog.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { startTask } from "../../tasks/tasks.ts";
import { checkLock, loadConfig } from "../config/config-file.ts";
import { guestPath } from "../options/machine-params.ts";
import { migrateGuest } from "./migrate-guest.ts";
import { migrationPreconditions, missingStorages } from "./migration-preconditions.ts";

const permission = { perm: "/vms/{vmid}", privs: ["VM.Migrate"] } as const;
const nodeParam = { type: "string", format: "pve-node" } as const;

/** Moving machines between nodes. */
export const migrateRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${guestPath}/migrate`,
    params: { ...guestPathParams, target: { ...nodeParam, optional: true } },
    permission,
    onNode: true,
    worker: true,
    handle: ({ cluster, node, params }) => migrationPreconditions(cluster, node, params.int("vmid")),
  },
  {
    method: "POST",
    path: `${guestPath}/migrate`,
    params: {
      ...guestPathParams,
      target: nodeParam,
      online: flagParam,
      force: flagParam,
      "with-local-disks": flagParam,
      "with-conntrack-state": flagParam,
      targetstorage: { type: "string", optional: true },
      migration_type: { type: "string", enum: ["secure", "insecure"], optional: true },
      migration_network: { type: "string", format: "CIDR", optional: true },
      bwlimit: bandwidthParam,
    },
    permission,
    onNode: true,
    worker: true,
    handle: migrate,
  },
];

async function migrate(call: Call): Promise<string> {
  const { cluster, node, identity, params } = call;
  const vmid = params.int("vmid");
  if (params.text("target") === node.name) throw badParameters({ target: "target is local node." });
  if (!cluster.quorate(node)) die("cluster not ready - no quorum?");
  const target = cluster.node(params.text("target"));
  refuseUnlessRoot(call, "force", "migration_type", "migration_network");
  const config = loadConfig(cluster, node, vmid);
  checkLock(config);
  const running = isRunning(cluster, vmid);
  if (running && !params.flag("online")) die("can't migrate running VM without --online");
  const storageOf = storageMap(call);
  if (params.has("targetstorage")) checkTargets(call, storageOf);
  else
    for (const id of missingStorages(cluster, config, target))
      throw new PveError(500, `storage '${id}' is not available on node '${target.name}'`);
  if (isHaManaged(cluster, vmid)) {
    const subject = { node, identity, type: "hamigrate", id: String(vmid) };
    return await startTask(cluster, subject, (task) => askHaToMigrate("qemu", target.name)(call, task));
  }
  const journey = {
    cluster,
    node,
    identity,
    vmid,
    target,
    running,
    withLocalDisks: params.flag("with-local-disks"),
    storageOf,
  };
  const subject = { node, identity, type: "qmigrate", id: String(vmid) };
  return await startTask(cluster, subject, (task) =>
    migrateGuest({ ...journey, log: task.log, signal: task.signal }),
  );
}

/** `targetstorage`: `1` keeps each, a storage takes all, `a:b` pairs. */
function storageMap({ params }: Call): (storage: string) => string {
  const pairs = new Map<string, string>();
  let fallback: string | undefined;
  for (const part of (params.optionalText("targetstorage") ?? "1").split(",")) {
    const [from = "", to] = part.split(":");
    if (to !== undefined) pairs.set(from, to);
    else if (from !== "1") fallback = from;
  }
  return (storage) => pairs.get(storage) ?? fallback ?? storage;
}

function checkTargets({ cluster, identity, params }: Call, storageOf: (storage: string) => string): void {
  const text = params.text("targetstorage");
  const vmid = params.int("vmid");
  if (text === "1") return;
  requireOnGuest(cluster, { identity, vmid }, ["VM.Config.Disk"]);
  const node = cluster.node(params.text("target"));
  for (const part of text.split(",")) {
    const id = storageOf(part.split(":")[0] ?? "");
    const reason = unusableReason({ cluster, node, storage: volumes(cluster).config(id) });
    if (reason !== undefined) die(reason);
    cluster.require(identity, `/storage/${id}`, ["Datastore.AllocateSpace"]);
  }
}

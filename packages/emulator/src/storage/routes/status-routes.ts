import type { Call } from "../../api/call.ts";
import type { Route } from "../../api/route.ts";
import { historyTimes } from "../../guests/guest-history.ts";
import { badParameters } from "../../kernel/pve-error.ts";
import { storageCatalog, storageConfigFile, unusableReason } from "../catalog/storage-catalog.ts";
import type { StorageConfig } from "../catalog/storage-config.ts";
import { mayLook, storageParams } from "../catalog/storage-params.ts";
import { formatsOf, type StorageStatus, storageStatus } from "../volumes/storage-status.ts";

function isListed(call: Call, storage: StorageConfig): boolean {
  const { params, cluster, node } = call;
  const wanted = params.list("content");
  const target = params.optionalText("target");
  if (
    !cluster.allow(
      call.identity,
      `/storage/${storage.id}`,
      ["Datastore.Audit", "Datastore.AllocateSpace"],
      true,
    )
  )
    return false;
  // A content filter takes a storage that holds any of the types (Storage.pm storage_info).
  if (wanted.length > 0 && !wanted.some((kind) => [...storage.content].some((held) => held === kind)))
    return false;
  if ((params.optionalText("storage") ?? storage.id) !== storage.id) return false;
  if (params.flag("enabled") && storage.disabled) return false;
  if (target === undefined || target === node.name || target === "localhost") return true;
  const other = cluster.node(target);
  return (
    storage.shared &&
    [node, other].every((each) => unusableReason({ cluster, node: each, storage }) === undefined)
  );
}

async function listNodeStorages(call: Call): Promise<unknown> {
  const { cluster, node, params } = call;
  const asked = params.optionalText("storage");
  if (asked !== undefined && storageCatalog(cluster).get(asked) === undefined)
    throw badParameters({ storage: "No such storage." });
  const rows = storageCatalog(cluster)
    .list()
    .filter((storage) => isListed(call, storage))
    .map(async (storage) => {
      const place = { cluster, node, storage };
      const status = await storageStatus(place);
      const fraction = status.total > 0 ? { used_fraction: status.used / status.total } : {};
      const format = params.flag("format") ? { format: formatsOf(place), select_existing: 0 } : {};
      return { storage: storage.id, ...status, ...fraction, ...format };
    });
  return await Promise.all(rows);
}

async function readStatus(call: Call): Promise<StorageStatus> {
  const { cluster, node } = call;
  const storage = storageCatalog(cluster).get(call.params.text("storage"));
  if (storage === undefined) throw badParameters({ storage: "No such storage." });
  return await storageStatus({ cluster, node, storage });
}

const newSubfolders = ["identity", "oci-registry-pull"];
const subfolders = [
  "content",
  "download-url",
  "file-restore",
  "import-metadata",
  ...newSubfolders,
  "prunebackups",
  "rrd",
  "rrddata",
  "status",
  "upload",
];

function index(call: Call): unknown {
  const isOld = call.cluster.version.id === "8.4";
  return subfolders.filter((name) => !(isOld && newSubfolders.includes(name))).map((subdir) => ({ subdir }));
}

/** Values only since the storage is there. */
async function rrdData(call: Call): Promise<unknown> {
  const { cluster, node, params } = call;
  const { total, used } = await readStatus(call);
  const known = (cluster.files.modifiedAt(storageConfigFile) ?? node.startedAt) / 1000;
  return historyTimes(cluster, params.text("timeframe")).map((time) =>
    time > known ? { time, total, used } : { time },
  );
}

const { node, storage, flag } = storageParams;
const timeframe = { type: "string", enum: ["hour", "day", "week", "month", "year", "decade"] } as const;
const cf = { type: "string", enum: ["AVERAGE", "MAX"], optional: true } as const;

/** `/nodes/{node}/storage`: how a node sees its storages. */
export const statusRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/storage",
    params: {
      node,
      storage: storageParams.optionalStorage,
      content: storageParams.contentList,
      enabled: flag,
      format: flag,
      target: storageParams.optionalNode,
    },
    permission: "user",
    onNode: true,
    worker: true,
    handle: listNodeStorages,
  },
  {
    method: "GET",
    path: "/nodes/{node}/storage/{storage}",
    params: { node, storage },
    permission: mayLook,
    onNode: true,
    handle: index,
  },
  {
    method: "GET",
    path: "/nodes/{node}/storage/{storage}/status",
    params: { node, storage },
    permission: mayLook,
    onNode: true,
    worker: true,
    handle: readStatus,
  },
  {
    method: "GET",
    path: "/nodes/{node}/storage/{storage}/rrddata",
    params: { node, storage, timeframe, cf },
    permission: mayLook,
    onNode: true,
    worker: true,
    handle: rrdData,
  },
];

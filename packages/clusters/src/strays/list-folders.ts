import { CoppiceError } from "@coppice/core";
import {
  holdsRight,
  listNodes,
  listStorageResources,
  listVolumes,
  type Permissions,
  type StorageResource,
  type Volume,
} from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { runOrders } from "../node-program/run-orders.ts";
import { markOfMarker } from "../ownership/claims.ts";
import { hasFilesOfType } from "../storage/storage-fitness.ts";
import { baseIn } from "../storage/volume-names.ts";
import type { RecordedStack } from "./recorded-stack.ts";
import type { SeenFile, SeenFolder } from "./sight.ts";

/** What lies on storages, as far as somebody could look. */
export interface ListedFolders {
  readonly folders: readonly SeenFolder[];
  readonly unseen: readonly string[];
}

/**
 * Lists what the storages of the classes keep for each number: on the nodes themselves where SSH is configured, which shows
 * empty folders and markers too, else by Proxmox's own listing of its volumes.
 */
export async function listFolders(
  cluster: OpenCluster,
  stacks: readonly RecordedStack[],
  permissions: Permissions,
): Promise<ListedFolders> {
  const wanted = storagesOf(stacks);
  const [resources, nodes] = await Promise.all([
    listStorageResources(cluster.client),
    listNodes(cluster.client),
  ]);
  const online = new Set(nodes.flatMap(({ node, status }) => (status === "online" ? [node] : [])));
  const listed = [...wanted].map(async (storage): Promise<ListedFolders> => {
    const places = resources.filter((each) => each.storage === storage);
    const usable = places.filter(({ node }) => online.has(node));
    const asked = usable.some(({ shared }) => shared) ? usable.slice(0, 1) : usable;
    const found = await Promise.all(asked.map((place) => listPlace(cluster, place, permissions)));
    return merged([...found, { folders: [], unseen: unseenOf(storage, { places, usable }) }]);
  });
  return merged(await Promise.all(listed));
}

function storagesOf(stacks: readonly RecordedStack[]): ReadonlySet<string> {
  const names = stacks.flatMap(({ classes, generations }) => [
    ...classes.flatMap(({ state }) => [state.base.storage, state.dataDisk?.storage ?? state.base.storage]),
    ...generations.map(({ state }) => state.storage),
  ]);
  return new Set(names);
}

function merged(found: readonly ListedFolders[]): ListedFolders {
  return { folders: found.flatMap(({ folders }) => folders), unseen: found.flatMap(({ unseen }) => unseen) };
}

function unseenOf(
  storage: string,
  { places, usable }: Readonly<Record<"places" | "usable", readonly StorageResource[]>>,
): string[] {
  if (places.length === 0)
    return [`Storage '${storage}' is not shown: it is gone, or the token lacks Datastore.Audit on it`];
  if (usable.length === 0 || !places.some(({ shared }) => shared)) {
    const away = places.filter((place) => !usable.includes(place)).map(({ node }) => node);
    if (away.length > 0)
      return [`Storage '${storage}' was not looked at on ${away.join(", ")}, which is offline`];
  }
  return [];
}

async function listPlace(
  cluster: OpenCluster,
  place: StorageResource,
  permissions: Permissions,
): Promise<ListedFolders> {
  const { storage, node, plugintype = "" } = place;
  try {
    const isFile = hasFilesOfType(plugintype);
    if (isFile && cluster.settings.ssh !== undefined)
      return { folders: await byShell(cluster, place), unseen: [] };
    const volumes = await listVolumes(cluster.client, { node, storage }, { content: "images" });
    // Volumes of numbers without a machine are shown to nobody else (pve-storage, check_volume_access).
    const isWhole = holdsRight(permissions, `/storage/${storage}`, "Datastore.Allocate");
    const unseen = `Volumes of numbers without a machine on storage '${storage}' are shown over SSH, or with Datastore.Allocate on it, alone`;
    return { folders: byVolumes(volumes, place), unseen: isWhole ? [] : [unseen] };
  } catch (error) {
    const unseen = `Storage '${storage}' was not looked at on ${node}: ${CoppiceError.of(error).sentence}`;
    return { folders: [], unseen: [unseen] };
  }
}

async function byShell(cluster: OpenCluster, { storage, node }: StorageResource): Promise<SeenFolder[]> {
  const answers = await runOrders(cluster, node, [
    ["storage", storage],
    ["list", "list"],
  ]);
  const failed = answers.get("list");
  if (failed?.error !== undefined) throw failed.error;
  return [...answers.values()].flatMap(({ key, detail }) => {
    const [, vmid] = key.split("/").map(Number);
    if (vmid === undefined) return [];
    const names = detail.split(" ").flatMap((each) => /^([^=]+)=(.*)$/.exec(each)?.slice(1, 3) ?? []);
    const pairs = Array.from(
      { length: names.length / 2 },
      (_, at) => [names[2 * at] ?? "", names[2 * at + 1] ?? ""] as const,
    );
    const marks = pairs.flatMap(([name]) => markOfMarker(name) ?? []);
    const files = pairs.filter(([name]) => !name.startsWith("."));
    return [
      {
        storage,
        node,
        vmid,
        marks,
        files: files.map(([name, base]) => fileOf(`${storage}:${vmid}/${name}`, base)),
      },
    ];
  });
}

function byVolumes(volumes: readonly Volume[], { storage, node }: StorageResource): SeenFolder[] {
  const byNumber = Map.groupBy(volumes, ({ vmid }) => vmid);
  return [...byNumber].flatMap(([vmid, own]) => {
    if (vmid === undefined) return [];
    const files = own.map(({ volid, parent }) => fileOf(volid, parent ?? ""));
    return [{ storage, node, vmid, marks: [], files }];
  });
}

/** A template's disks are called `base-<number>-…`; what stands on anything else is somebody's own work. */
function fileOf(volume: string, backing: string): SeenFile {
  const name = volume.split(/[:/]/).at(-1) ?? volume;
  const [, number] = /(?:^|\/)base-(\d+)-[^/]+$/.exec(backing) ?? [];
  const standsOn = number === undefined ? baseIn(volume) : Number(number);
  if (standsOn !== undefined) return { name, volume, standsOn };
  return { name, volume, ...(backing !== "" && { isForeign: true as const }) };
}

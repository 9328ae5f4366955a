import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import type { GuestConfig } from "../../guests/config/guest-config.ts";
import { isRunning } from "../../guests/running/guest-runtime.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { guestWords } from "../../versions/guest-words.ts";
import { checkLock, loadConfig } from "../config/config-file.ts";
import { storageOf } from "../config/drive.ts";
import { guestVolumes } from "./guest-volumes.ts";

/** What `GET migrate` answers: where the machine may go and what it would have to take along. Dead nodes are allowed. */
export function migrationPreconditions(cluster: Cluster, node: Node, vmid: number): Record<string, unknown> {
  if (!cluster.quorate(node)) die("cluster not ready - no quorum?");
  const config = loadConfig(cluster, node, vmid);
  checkLock(config);
  const others = cluster.knownNodes(node).filter((other) => other !== node);
  const missing = new Map(others.map((other) => [other.name, missingStorages(cluster, config, other)]));
  const blocked = [...missing].map(([name, storages]) => [
    name,
    storages.length === 0 ? {} : { unavailable_storages: storages },
  ]);
  return {
    running: isRunning(cluster, vmid) ? 1 : 0,
    allowed_nodes: [...missing].filter(([, storages]) => storages.length === 0).map(([name]) => name),
    not_allowed_nodes: Object.fromEntries(blocked),
    local_disks: localDisks(cluster, config),
    local_resources: [],
    "mapped-resources": [],
    "mapped-resource-info": {},
    ...(cluster.version.id === "8.4" ? {} : { "has-dbus-vmstate": 1 }),
  };
}

function localDisks(cluster: Cluster, config: GuestConfig): unknown[] {
  const local = [...guestVolumes(config).values()].filter(({ volid }) => isLocal(cluster, volid));
  if (guestWords(cluster.version).marksCloudInitDisks) return local;
  return local.map(({ is_cloudinit: _unknown, ...disk }) => disk);
}

/** True when the volume lies on a storage that only this node sees. */
export function isLocal(cluster: Cluster, volid: string): boolean {
  const storage = storageOf(volid);
  return storage === undefined || !volumes(cluster).config(storage).shared;
}

/** The machine's storages that the other node does not have. */
export function missingStorages(cluster: Cluster, config: GuestConfig, node: Node): string[] {
  const wanted = new Set([...guestVolumes(config).keys()].flatMap((volid) => storageOf(volid) ?? []));
  const there = new Set(
    volumes(cluster)
      .storagesOf(node)
      .map(({ id }) => id),
  );
  return [...wanted].filter((id) => !there.has(id)).sort();
}

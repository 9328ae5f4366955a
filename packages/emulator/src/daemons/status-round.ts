import { statfsSync } from "node:fs";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import { perCluster } from "../cluster/per-cluster.ts";
import { guestHistory } from "../guests/guest-history.ts";
import { guestIndex } from "../guests/guest-index.ts";
import type { GuestRow } from "../guests/guest-row.ts";
import { guestRuntime } from "../guests/running/guest-runtime.ts";
import { guestRow } from "../qemu/status/guest-row.ts";
import { historyFigures } from "../qemu/status/history-figures.ts";
import { storageCatalog } from "../storage/catalog/storage-catalog.ts";
import { type StorageStatus, storageStatus } from "../storage/volumes/storage-status.ts";

export interface NodeFigures {
  readonly cpu: number;
  readonly mem: number;
  readonly disk: number;
  readonly maxdisk: number;
  readonly uptime: number;
}

interface Told<T> {
  readonly at: number;
  readonly row: T;
}

/** pvestatd's round (pve-manager, PVE/Service/pvestatd.pm). */
const roundMs = 10_000;

/** What nobody repeated for this long is forgotten (pmxcfs, rrd cache; docs/proxmox-facts.md#old-figures). */
const forgetMs = 300_000;

/** What the nodes' pvestatd last told the cluster. A guest that has not been told yet is `unknown`. */
export class StatusRound {
  readonly #cluster: Cluster;
  readonly #guests = new Map<number, Told<GuestRow>>();
  readonly #nodes = new Map<string, Told<NodeFigures>>();
  readonly #storages = new Map<string, Told<StorageStatus>>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Rounds every ten seconds until the cluster stops. */
  async run(): Promise<void> {
    const { clock, stopped } = this.#cluster;
    while (!stopped.aborted) {
      await this.round();
      await clock.sleep(roundMs, stopped).catch(() => undefined);
    }
  }

  /** One round of every node that can reach the others. */
  async round(): Promise<void> {
    for (const node of this.#cluster.nodes.values()) {
      if (
        node.linked &&
        !node.stoppedServices.has("pvestatd") &&
        this.#cluster.faults.take("metrics", { node: node.name }) === undefined
      )
        await this.#tell(node);
    }
    this.#remember();
  }

  /** What was last told about a guest, perhaps about a former one of that id. */
  guest(vmid: number): GuestRow | undefined {
    return this.#fresh(this.#guests.get(vmid));
  }

  /** What was last told about a node. */
  node(name: string): NodeFigures | undefined {
    return this.#fresh(this.#nodes.get(name));
  }

  /** What was last told about a storage on a node. */
  storage(node: string, storage: string): StorageStatus | undefined {
    return this.#fresh(this.#storages.get(`${node}/${storage}`));
  }

  #fresh<T>(told: Told<T> | undefined): T | undefined {
    return told !== undefined && this.#cluster.clock.now() - told.at < forgetMs ? told.row : undefined;
  }

  async #tell(node: Node): Promise<void> {
    const at = this.#cluster.clock.now();
    this.#nodes.set(node.name, { at, row: nodeFigures(this.#cluster, node) });
    for (const vmid of guestIndex(this.#cluster).on(node.name, "qemu")) {
      const row = guestRow(this.#cluster, node, vmid);
      if (row !== undefined) this.#guests.set(vmid, { at, row });
    }
    for (const storage of storageCatalog(this.#cluster).list()) {
      const row = await storageStatus({ cluster: this.#cluster, node, storage });
      if (row.active === 1) this.#storages.set(`${node.name}/${storage.id}`, { at, row });
    }
  }

  #remember(): void {
    const cluster = this.#cluster;
    for (const { vmid, node } of guestRuntime(cluster).all()) {
      const figures = historyFigures(cluster, node, vmid);
      if (figures !== undefined) guestHistory(cluster).note(vmid, figures);
    }
  }
}

/** A node's figures as of now: its guests' load on top of a little of its own. */
export function nodeFigures(cluster: Cluster, node: Node): NodeFigures {
  let busy = 0.03;
  let mem = 1024 ** 3;
  for (const running of guestRuntime(cluster).all()) {
    const row = running.node === node.name ? guestRow(cluster, node, running.vmid) : undefined;
    if (row === undefined) continue;
    busy += row.cpu * row.maxcpu;
    mem += row.mem;
  }
  const { cpus, memoryBytes } = node.hardware;
  const disk = statfsSync(node.root);
  return {
    cpu: Math.min(1, busy / cpus),
    mem: Math.min(mem, memoryBytes),
    disk: (disk.blocks - disk.bfree) * disk.bsize,
    maxdisk: disk.blocks * disk.bsize,
    uptime: Math.floor((cluster.clock.now() - node.startedAt) / 1000),
  };
}

export const statusRound = perCluster((cluster) => new StatusRound(cluster));

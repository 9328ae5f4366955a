import type { Cluster } from "../cluster/cluster.ts";
import { perCluster } from "../cluster/per-cluster.ts";
import { type GuestKind, kindNames } from "./guest-kind.ts";

/** A guest found somewhere in the cluster. */
export interface FoundGuest {
  readonly vmid: number;
  readonly kind: GuestKind;
  readonly node: string;
}

const place = /^nodes\/([^/]+)\/(qemu-server|lxc)\/([1-9]\d{2,8})\.conf$/;

/** Knows which guests there are, of either kind; the configuration files are the truth, this is an index of them. */
export class GuestIndex {
  readonly #cluster: Cluster;
  readonly #places = new Map<number, Map<string, FoundGuest>>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    for (const path of cluster.files.paths()) this.#look(path);
    cluster.files.onChange((path) => this.#look(path));
  }

  /** The guest of that id; of several (made by hand on several nodes) the first that appeared. */
  find(vmid: number): FoundGuest | undefined {
    return this.#places.get(vmid)?.values().next().value;
  }

  /** Every place that claims the id: more than one only after configuration files were made by hand. */
  claims(vmid: number): FoundGuest[] {
    return [...(this.#places.get(vmid)?.values() ?? [])];
  }

  *list(): Generator<FoundGuest> {
    for (const claims of this.#places.values()) yield* claims.values();
  }

  /** The ids of a node's guests of one kind. */
  *on(node: string, kind: GuestKind): Generator<number> {
    for (const guest of this.list()) {
      if (guest.node === node && guest.kind === kind) yield guest.vmid;
    }
  }

  #look(path: string): void {
    const match = place.exec(path);
    if (match === null) return;
    const [, node = "", folder, id] = match;
    const vmid = Number(id);
    if (this.#cluster.files.read(path) === undefined) this.#drop(vmid, path);
    else {
      const claims = this.#places.get(vmid) ?? new Map<string, FoundGuest>();
      claims.set(path, { vmid, node, kind: folder === kindNames.lxc.folder ? "lxc" : "qemu" });
      this.#places.set(vmid, claims);
    }
  }

  #drop(vmid: number, path: string): void {
    const claims = this.#places.get(vmid);
    claims?.delete(path);
    if (claims?.size === 0) this.#places.delete(vmid);
  }
}

export const guestIndex = perCluster((cluster) => new GuestIndex(cluster));

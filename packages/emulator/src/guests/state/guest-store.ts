import type { Cluster } from "../../cluster/cluster.ts";
import { perCluster } from "../../cluster/per-cluster.ts";
import type { GuestConfig } from "../config/guest-config.ts";
import { parseConfig } from "../config/parse-config.ts";

/** A guest found somewhere in the cluster. */
export interface FoundGuest {
  readonly vmid: number;
  readonly kind: "qemu" | "lxc";
  readonly node: string;
}

const place = /^nodes\/([^/]+)\/(qemu-server|lxc)\/([1-9]\d{2,8})\.conf$/;

/** The path of a virtual machine's configuration in the cluster's files. */
export function configPath(node: string, vmid: number): string {
  return `nodes/${node}/qemu-server/${vmid}.conf`;
}

/** Knows which guests there are and reads their configurations; the files are the truth, this is an index of them. */
export class GuestStore {
  readonly #cluster: Cluster;
  readonly #places = new Map<number, Map<string, FoundGuest>>();
  readonly #parsed = new Map<string, { readonly version: number; readonly config: GuestConfig }>();

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

  /** Every guest of the cluster. */
  *list(): Generator<FoundGuest> {
    for (const claims of this.#places.values()) yield* claims.values();
  }

  /** The ids of the virtual machines on a node. */
  *on(node: string): Generator<number> {
    for (const guest of this.list()) {
      if (guest.node === node && guest.kind === "qemu") yield guest.vmid;
    }
  }

  /** A machine's configuration, parsed once per change; undefined when the node has no such machine. */
  config(node: string, vmid: number): GuestConfig | undefined {
    const path = configPath(node, vmid);
    const text = this.#cluster.files.read(path);
    if (text === undefined) return undefined;
    const version = this.#cluster.files.version(path);
    const known = this.#parsed.get(path);
    if (known?.version === version) return known.config;
    const config = parseConfig(text);
    this.#parsed.set(path, { version, config });
    return config;
  }

  #look(path: string): void {
    const match = place.exec(path);
    if (match === null) return;
    const [, node = "", folder, id] = match;
    const vmid = Number(id);
    if (this.#cluster.files.read(path) === undefined) this.#drop(vmid, path);
    else {
      const claims = this.#places.get(vmid) ?? new Map<string, FoundGuest>();
      claims.set(path, { vmid, node, kind: folder === "lxc" ? "lxc" : "qemu" });
      this.#places.set(vmid, claims);
    }
  }

  #drop(vmid: number, path: string): void {
    this.#parsed.delete(path);
    const claims = this.#places.get(vmid);
    claims?.delete(path);
    if (claims?.size === 0) this.#places.delete(vmid);
  }
}

/** The cluster's guests. */
export const guestStore = perCluster((cluster) => new GuestStore(cluster));

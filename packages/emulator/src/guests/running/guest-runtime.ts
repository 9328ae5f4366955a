import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Cluster } from "../../cluster/cluster.ts";
import { perCluster } from "../../cluster/per-cluster.ts";
import type { GuestBehaviour, RunningGuest } from "./running-guest.ts";

/** Which machines run, kept across restarts, and how each behaves. */
export class GuestRuntime {
  readonly #cluster: Cluster;
  readonly #running = new Map<number, RunningGuest>();
  readonly #behaviours = new Map<number, GuestBehaviour>();
  readonly #waiting = new Map<number, Set<() => void>>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    for (const node of cluster.nodes.values()) this.#restore(node.root);
  }

  /** The machine if it runs. */
  get(vmid: number): RunningGuest | undefined {
    return this.#running.get(vmid);
  }

  /** The machine if it runs on that node. */
  on(node: string, vmid: number): RunningGuest | undefined {
    const guest = this.#running.get(vmid);
    return guest?.node === node ? guest : undefined;
  }

  all(): RunningGuest[] {
    return [...this.#running.values()];
  }

  /** Notes that a machine runs, or what changed about it. */
  put(guest: RunningGuest): void {
    const former = this.#running.get(guest.vmid);
    if (former !== undefined && former.node !== guest.node) this.#removeFiles(former);
    const file = this.#file(guest);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(`${file}.tmp`, JSON.stringify(guest));
    renameSync(`${file}.tmp`, file);
    writePid(this.#pidFile(guest), guest);
    this.#running.set(guest.vmid, guest);
  }

  /** Notes that a machine has stopped and wakes who waits for that. */
  remove(vmid: number): void {
    const guest = this.#running.get(vmid);
    if (guest === undefined) return;
    this.#running.delete(vmid);
    this.#removeFiles(guest);
    for (const wake of this.#waiting.get(vmid) ?? []) wake();
    this.#waiting.delete(vmid);
  }

  /** Calls back once the machine has stopped; the answer takes the callback back. */
  onStop(vmid: number, wake: () => void): () => void {
    const waiting = this.#waiting.get(vmid) ?? new Set();
    this.#waiting.set(vmid, waiting.add(wake));
    return () => waiting.delete(wake);
  }

  behaviour(vmid: number): GuestBehaviour {
    return this.#behaviours.get(vmid) ?? {};
  }

  /** Decides how a machine behaves from now on; what is not named stays. */
  behave(vmid: number, behaviour: GuestBehaviour): void {
    this.#behaviours.set(vmid, { ...this.behaviour(vmid), ...behaviour });
  }

  #removeFiles(guest: RunningGuest): void {
    for (const file of [this.#file(guest), this.#pidFile(guest)]) rmSync(file, { force: true });
  }

  #file(guest: RunningGuest): string {
    return join(this.#root(guest), "run", `${guest.vmid}.json`);
  }

  /** What a node's own programs tell a running machine by (qemu-server, `vm_pidfile_name`). */
  #pidFile(guest: RunningGuest): string {
    return join(this.#root(guest), "run/qemu-server", `${guest.vmid}.pid`);
  }

  #root({ node }: RunningGuest): string {
    return this.#cluster.nodes.get(node)?.root ?? join(this.#cluster.data, "nodes", node);
  }

  #restore(root: string): void {
    const folder = join(root, "run");
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      if (!name.endsWith(".json")) continue;
      // as: only this class writes these files, whole and renamed into place.
      const guest = JSON.parse(readFileSync(join(folder, name), "utf8")) as RunningGuest;
      this.#running.set(guest.vmid, guest);
    }
  }
}

function writePid(path: string, { pid }: RunningGuest): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${pid}\n`);
}

export const guestRuntime = perCluster((cluster) => new GuestRuntime(cluster));

/** True when the machine runs. */
export function isRunning(cluster: Cluster, vmid: number): boolean {
  return guestRuntime(cluster).get(vmid) !== undefined;
}

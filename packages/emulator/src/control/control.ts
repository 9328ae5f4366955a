import { rmSync } from "node:fs";
import { join } from "node:path";
import { CoppiceError, VirtualClock } from "@coppice/core";
import { makeAuthority } from "../certificates/certificate.ts";
import { authorityOf, certificateOf, issueCertificate } from "../certificates/node-certificates.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import { haManager } from "../daemons/ha-manager.ts";
import { statusRound } from "../daemons/status-round.ts";
import type { Faults } from "../faults/faults.ts";
import { guestRuntime } from "../guests/running/guest-runtime.ts";
import type { GuestBehaviour } from "../guests/running/running-guest.ts";
import type { Shells } from "../shell/shells.ts";
import type { NodeServer } from "../wire/node-server.ts";
import { checkState } from "./check-state.ts";
import { restoreState, saveState } from "./saved-state.ts";

/** What happened since the start or the last reset. */
export interface Counted {
  /** By method and route: `GET /version`. */
  readonly requests: Readonly<Record<string, number>>;
  /** By type: `qmcreate`. */
  readonly tasks: Readonly<Record<string, number>>;
  /** `connections`, `logins`, `channels`. */
  readonly ssh: Readonly<Record<string, number>>;
  /** By name: `qemu-img`, `qm`. */
  readonly processes: Readonly<Record<string, number>>;
  /** Paths that were asked for and are not there. */
  readonly notThere: Readonly<Record<string, number>>;
  /** Everything else, by its own name. */
  readonly other: Readonly<Record<string, number>>;
}

/** How a node is connected. */
export interface NodeState {
  /** Its services answer. */
  readonly online?: boolean;
  /** Its network link is up: without it neither the other nodes nor SSH reach it. */
  readonly linked?: boolean;
  /** How far its clock is ahead of the others', in milliseconds: it dates tasks by it, and judges tickets. */
  readonly clockSkewMs?: number;
}

export interface ControlParts {
  readonly cluster: Cluster;
  readonly faults: Faults;
  readonly shells: Shells | undefined;
  readonly servers: ReadonlyMap<string, NodeServer>;
}

const groups = {
  request: "requests",
  task: "tasks",
  ssh: "ssh",
  process: "processes",
  missing: "notThere",
} as const;

/** The other side of an emulator: what a test sees and does that no client of Proxmox can. */
export class Control {
  /** Fault rules. */
  readonly faults: Faults;
  readonly #cluster: Cluster;
  readonly #shells: Shells | undefined;
  readonly #servers: ReadonlyMap<string, NodeServer>;

  constructor({ cluster, faults, shells, servers }: ControlParts) {
    this.#cluster = cluster;
    this.faults = faults;
    this.#shells = shells;
    this.#servers = servers;
  }

  counters(): Counted {
    this.#shells?.collect();
    const counted = {
      requests: {},
      tasks: {},
      ssh: {},
      processes: {},
      notThere: {},
      other: {},
    } satisfies Counted;
    for (const [name, count] of Object.entries(this.#cluster.counters.all())) {
      const cut = name.indexOf(":");
      const kind = name.slice(0, cut);
      const group: Record<string, number> = isGroup(kind) ? counted[groups[kind]] : counted.other;
      group[isGroup(kind) ? name.slice(cut + 1) : name] = count;
    }
    return counted;
  }

  /** Sets every counter back to zero. */
  resetCounters(): void {
    this.#shells?.collect();
    this.#cluster.counters.reset();
  }

  /** Takes a node down, cuts its link, or brings it back. */
  setNode(name: string, state: NodeState): void {
    const node = this.#node(name);
    if (state.online !== undefined) node.online = state.online;
    if (state.linked !== undefined) this.#cluster.setLink(node, state.linked);
    if (state.clockSkewMs !== undefined) node.clockSkewMs = state.clockSkewMs;
  }

  /**
   * Gives a node's API another certificate, of an authority that nobody knows: somebody else answers there, or the
   * node was installed anew. Open connections are cut.
   */
  changeCertificate(name: string): void {
    const node = this.#node(name);
    const server = this.#servers.get(node.name);
    server?.useCertificate(issueCertificate(this.#cluster.files, node, makeAuthority()));
    server?.cut();
  }

  /** Gives a node another SSH host key, as after a reinstallation, and answers its public part. */
  changeHostKey(name: string): string {
    if (this.#shells === undefined)
      throw new CoppiceError("emulator.control", { what: "this emulator has no shells" });
    return this.#shells.changeHostKey(this.#node(name).name);
  }

  /** `pvecm expected`: the votes that make a majority; undefined for the usual ones. */
  async expectVotes(votes: number | undefined): Promise<void> {
    // What shells have written until now was taken while it could be.
    this.#shells?.settle();
    this.#cluster.expectedVotes = votes;
    await this.#shells?.followQuorum();
  }

  /** Decides what goes on inside a guest: load, agent, whether it obeys. */
  behave(vmid: number, behaviour: GuestBehaviour): void {
    guestRuntime(this.#cluster).behave(vmid, behaviour);
  }

  /** Moves a virtual clock on. */
  async advance(ms: number): Promise<void> {
    const { clock } = this.#cluster;
    if (clock instanceof VirtualClock) return await clock.advance(ms);
    throw new CoppiceError("emulator.control", {
      what: "the clock cannot be moved",
      why: "this emulator runs on the machine's time",
      wayOut: "start it with a virtual clock (--clock virtual)",
    });
  }

  /** Lets HA bring its guests to where they were asked to be now, instead of within its rounds of ten seconds. */
  async settleHa(): Promise<void> {
    await haManager(this.#cluster).settle();
  }

  /** Makes every node tell its figures now instead of within ten seconds. */
  async tellStatus(): Promise<void> {
    await statusRound(this.#cluster).round();
  }

  /** Keeps the whole state under a name, disks included. */
  async save(name: string): Promise<void> {
    this.#shells?.settle();
    await saveState(this.#cluster, this.#snapshot(name));
  }

  /** Puts a kept state back in place. Running tasks are ended first. */
  async restore(name: string): Promise<void> {
    await restoreState(this.#cluster, this.#snapshot(name));
    const { files, nodes } = this.#cluster;
    for (const node of nodes.values()) {
      this.#servers.get(node.name)?.useCertificate(certificateOf(files, node, authorityOf(files)));
    }
  }

  forget(name: string): void {
    rmSync(this.#snapshot(name), { recursive: true, force: true });
    rmSync(`${this.#snapshot(name)}.json`, { force: true });
  }

  /** Everything that should not be so after a story has ended; empty when all is well. */
  async check(): Promise<string[]> {
    this.#shells?.settle();
    return await checkState(this.#cluster);
  }

  #node(name: string): Node {
    const node = this.#cluster.nodes.get(name);
    if (node !== undefined) return node;
    const names = [...this.#cluster.nodes.keys()].join(", ");
    throw new CoppiceError("emulator.control", {
      what: `there is no node '${name}'`,
      wayOut: `the nodes are ${names}`,
    });
  }

  #snapshot(name: string): string {
    if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) {
      throw new CoppiceError("emulator.control", {
        what: `'${name}' is no name for a kept state`,
        wayOut: "use letters, digits, '.', '_' and '-'",
      });
    }
    return join(this.#cluster.data, "snapshots", name);
  }
}

function isGroup(kind: string): kind is keyof typeof groups {
  return Object.hasOwn(groups, kind);
}

import type { Clock, SeededRandom } from "@coppice/core";
import { Counters } from "../kernel/counters.ts";
import type { FaultSource } from "../kernel/fault-source.ts";
import type { Identity } from "../kernel/identity.ts";
import type { Latency } from "../kernel/latency.ts";
import { die, forbidden } from "../kernel/pve-error.ts";
import { Tasks } from "../tasks/tasks.ts";
import type { PveVersion } from "../versions/pve-version.ts";
import type { AccessPort } from "./access-port.ts";
import type { ClusterFiles } from "./cluster-files.ts";
import { CorosyncReader, type Membership } from "./corosync.ts";
import type { Node } from "./node.ts";

/** What a cluster is made of. */
export interface ClusterParts {
  readonly name: string | undefined;
  readonly version: PveVersion;
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly files: ClusterFiles;
  readonly nodes: readonly Node[];
  readonly faults: FaultSource;
  readonly latency: Latency;
  readonly data: string;
}

/** How long corosync takes to drop a member whose link is gone, and to take it back. */
const leaveMs = 6500;
const joinMs = 1200;

/** One Proxmox VE cluster: its nodes, its files, and what they share. */
export class Cluster {
  /** The name in corosync.conf; undefined for a node that stands alone. */
  readonly name: string | undefined;
  readonly version: PveVersion;
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly files: ClusterFiles;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly tasks: Tasks;
  readonly counters = new Counters();
  readonly faults: FaultSource;
  readonly latency: Latency;
  /** The folder everything is kept in. */
  readonly data: string;
  /** `pvecm expected`: votes demanded for quorum; undefined for the majority. */
  expectedVotes: number | undefined;
  readonly #corosync: CorosyncReader;
  readonly #stop = new AbortController();
  #access: AccessPort | undefined;

  constructor(parts: ClusterParts) {
    this.name = parts.name;
    this.version = parts.version;
    this.clock = parts.clock;
    this.random = parts.random;
    this.files = parts.files;
    this.#corosync = new CorosyncReader(parts.files);
    this.nodes = new Map(parts.nodes.map((node) => [node.name, node]));
    this.faults = parts.faults;
    this.latency = parts.latency;
    this.data = parts.data;
    this.tasks = new Tasks(this);
  }

  /** Aborted when the emulator stops: every wait and every child process hangs on it. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** Stops everything that waits. */
  stop(): void {
    this.#stop.abort(new Error("the emulator has stopped"));
  }

  /** The first node. */
  get firstNode(): Node {
    const [first] = this.nodes.values();
    if (first === undefined) throw new Error("a cluster has at least one node");
    return first;
  }

  /** The node of that name, or the refusal Proxmox words for an unknown target. */
  node(name: string): Node {
    return this.nodes.get(name) ?? die(`no such cluster node '${name}'`);
  }

  /** Takes a node's network link down or up; membership follows (docs/proxmox-facts.md#membership-changes-late). */
  setLink(node: Node, up: boolean): void {
    if (node.linked === up) return;
    node.linked = up;
    node.linkChangedAt = this.clock.now();
    // Votequorum raises the expected votes again as soon as members come back.
    if (up) this.expectedVotes = undefined;
  }

  /** True when `from` counts the other node as a member (docs/proxmox-facts.md#membership-changes-late). */
  sees(from: Node, other: Node): boolean {
    return from === other || (this.#isMember(from) && this.#isMember(other));
  }

  #isMember(node: Node): boolean {
    if (node.stoppedServices.has("corosync") || node.stoppedServices.has("pve-cluster")) return false;
    const age = this.clock.now() - node.linkChangedAt;
    return age < (node.linked ? joinMs : leaveMs) ? !node.linked : node.linked;
  }

  /** Waits while membership is about to change: writes hang until then. */
  async settleMembership(signal: AbortSignal): Promise<void> {
    for (const node of this.nodes.values()) {
      const left = node.linked ? 0 : node.linkChangedAt + leaveMs - this.clock.now();
      if (left > 0) await this.clock.sleep(left, signal);
    }
  }

  /** The membership as corosync.conf has it; undefined for nodes that stand alone. */
  get membership(): Membership | undefined {
    return this.#corosync.current;
  }

  /** True when the node belongs to a majority, or stands alone. */
  quorate(from: Node): boolean {
    const members = this.#membersOf(from);
    if (members === undefined) return true;
    const visible = members.filter((other) => this.sees(from, other)).length;
    return visible >= Math.floor((this.expectedVotes ?? members.length) / 2) + 1;
  }

  /** The nodes that a node knows of: itself, the members of its cluster, and removed ones whose folder holds guests. */
  knownNodes(from: Node): Node[] {
    const members = this.#membersOf(from) ?? [from];
    const left = (node: Node) =>
      members.length > 1 && this.files.list(`nodes/${node.name}/qemu-server`).length > 0;
    return [...this.nodes.values()].filter((node) => members.includes(node) || left(node));
  }

  /** The members of a node's cluster; undefined when corosync.conf does not list it. */
  #membersOf(from: Node): Node[] | undefined {
    const names = this.membership?.members.map((member) => member.name) ?? [];
    if (!names.includes(from.name)) return undefined;
    return [...this.nodes.values()].filter((node) => names.includes(node.name));
  }

  /** Seconds since the epoch on the cluster's clock, or as a node's own clock has them. */
  seconds(node?: Pick<Node, "clockSkewMs">): number {
    return Math.floor((this.clock.now() + (node?.clockSkewMs ?? 0)) / 1000);
  }

  /** Gives the cluster its access rules; once, while it is made. */
  useAccess(access: AccessPort): void {
    this.#access = access;
  }

  /** Users, roles and privileges. */
  get access(): AccessPort {
    if (this.#access === undefined) throw new Error("the cluster was used before its access rules were set");
    return this.#access;
  }

  /** True when the identity holds all (or, with `any`, one) of the privileges on the path. */
  allow(identity: Identity, path: string, privileges: readonly string[], any = false): boolean {
    return this.access.allows(identity, path, privileges, any);
  }

  /** Throws "Permission check failed (path, privilege)" unless the identity holds them. */
  require(identity: Identity, path: string, privileges: readonly string[], any = false): void {
    if (any) {
      if (!this.allow(identity, path, privileges, true)) throw forbidden(path, privileges);
      return;
    }
    for (const privilege of privileges) {
      if (!this.allow(identity, path, [privilege])) throw forbidden(path, privilege);
    }
  }
}

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Semaphore } from "../kernel/semaphore.ts";
import type { NodeFiles } from "./node-files.ts";

/** What the machine of a node is made of. */
export interface Hardware {
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly rootDiskBytes: number;
  /** False on a machine without hardware virtualisation: guests start only with `kvm: 0`. */
  readonly kvm?: boolean;
}

/** How a node is made. */
export interface NodeOptions {
  readonly name: string;
  readonly index: number;
  readonly data: string;
  readonly files: NodeFiles;
  readonly hardware: Hardware;
  readonly startedAt: number;
  readonly workers?: number;
  /** What it tells as its address; one of TEST-NET-1 by default. */
  readonly address?: string | undefined;
}

/** One Proxmox VE node. */
export class Node {
  readonly name: string;
  /** 0 for the first; corosync's node id is this plus one. */
  readonly index: number;
  /** The address in messages and lists, which need not be one that we listen on. */
  readonly address: string;
  /** Its private file tree on this machine: what is not shared with other nodes. */
  readonly root: string;
  readonly files: NodeFiles;
  readonly hardware: Hardware;
  /** When it booted, in milliseconds. */
  readonly startedAt: number;
  /** The three pvedaemon workers: synchronous parts of protected calls. */
  readonly workers: Semaphore;
  /** The services that were stopped on it, by name. */
  readonly stoppedServices = new Set<string>();
  /** Its network link is up; change it with {@link Cluster.setLink}, which knows how long the others take to notice. */
  linked = true;
  /** When the link last changed, on the cluster's clock. */
  linkChangedAt = Number.NEGATIVE_INFINITY;
  /** How far its clock is ahead of the others, in milliseconds. */
  clockSkewMs = 0;
  #pid = 1000;

  constructor(options: NodeOptions) {
    this.name = options.name;
    this.index = options.index;
    this.address = options.address ?? `192.0.2.${11 + options.index}`;
    this.root = join(options.data, "nodes", options.name);
    mkdirSync(this.root, { recursive: true });
    this.files = options.files;
    this.hardware = options.hardware;
    this.startedAt = options.startedAt;
    this.workers = new Semaphore(options.workers ?? 3);
  }

  /** Its API answers (pveproxy runs). Taking it offline stops both API services. */
  get online(): boolean {
    return !this.stoppedServices.has("pveproxy");
  }

  set online(up: boolean) {
    for (const service of ["pveproxy", "pvedaemon"]) {
      if (up) this.stoppedServices.delete(service);
      else this.stoppedServices.add(service);
    }
  }

  /** A process id never given before on this node. */
  nextPid(): number {
    this.#pid += 1;
    return this.#pid;
  }
}

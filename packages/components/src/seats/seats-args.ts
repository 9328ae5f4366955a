import type { ClassMethod, DurationText, PublishPolicy, SizeText } from "@coppice/core";
import type { Input } from "@pulumi/pulumi";

/** What every component that makes seats is told of them. */
export interface SeatsArgs {
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster?: string;
  /**
   * The template whose disks all seats share.
   *
   * @example { vmid: 9000 }
   */
  readonly template: TemplateArgs;
  /** How many seats, named `seat-01`, `seat-02`, …; or give a {@link roster}. For example `25`. */
  readonly seats?: number;
  /** The names of all seats, which become host names. For example `["ada", "grace"]`. */
  readonly roster?: readonly string[];
  /** What differs from the template's hardware. For example `{ cores: 2, memory: "4GiB" }`. */
  readonly hardware?: HardwareArgs;
  /** The storage that carries the seats' disks, for example `"lab"`. */
  readonly storage: Input<string>;
  /** The numbers that belong to this class alone, both ends included. For example `{ from: 20000, to: 20999 }`. */
  readonly vmids: VmidsArgs;
  /** Nodes to use; all that are online when absent. For example `["pve1", "pve2"]`. */
  readonly nodes?: readonly string[];
  /** The network of the first card; the template's when absent. For example `{ bridge: "vmbr0", tag: 42 }`. */
  readonly network?: NetworkArgs;
  /** Values for cloud-init; each seat's host name is its machine's name. For example `{ user: "student" }`. */
  readonly cloudInit?: CloudInitArgs;
  /** Whether machines start when they are made. @default "never" */
  readonly start?: "never" | "after-create";
  /** How many machines start at once. @default 4 */
  readonly startBatch?: number;
  /** How machines are made; `auto` takes overlays where the storage and SSH allow them. @default "auto" */
  readonly method?: ClassMethod;
  /** An existing Proxmox pool that the machines become members of, for example `"lab"`. */
  readonly pool?: Input<string>;
  /** Further Proxmox tags, for example `["spring"]`. */
  readonly tags?: readonly string[];
  /**
   * Accepts that the storage could run full: every disk may grow to the template's size, and all together to more
   * than is free. Without it such a class is refused. @default false
   */
  readonly overcommit?: boolean;
  /** A second disk for work that must survive every reset. For example `{ size: "20GiB" }`. */
  readonly dataDisk?: DataDiskArgs;
  /** Seats that get a fresh disk: a new value orders it once. For example `{ ada: "2026-10-01" }`. */
  readonly reset?: Readonly<Record<string, string>>;
  /** Seats whose last reset is taken back: a new value orders it once. For example `{ ada: "2026-10-01" }`. */
  readonly undo?: Readonly<Record<string, string>>;
}

/** A template of Proxmox. */
export interface TemplateArgs {
  /** Its number, for example `9000`. */
  readonly vmid: Input<number>;
}

/** A range of machine numbers. */
export interface VmidsArgs {
  /** The first, for example `20000`. */
  readonly from: number;
  /** The last, for example `20999`. */
  readonly to: number;
}

/** Hardware of a seat. */
export interface HardwareArgs {
  /** Processor cores, for example `2`. */
  readonly cores?: number;
  /** Memory in whole MiB, for example `"4GiB"`. */
  readonly memory?: SizeText;
}

/** The network of a seat's first card. */
export interface NetworkArgs {
  /** Bridge or vnet, for example `"vmbr0"`. */
  readonly bridge?: Input<string>;
  /** VLAN, for example `42`. */
  readonly tag?: Input<number>;
}

/** Values for cloud-init. */
export interface CloudInitArgs {
  /** Name of the user, for example `"student"`. */
  readonly user?: Input<string>;
  /** The user's password; kept as a secret. For example `config.requireSecret("password")`. */
  readonly password?: Input<string>;
  /** Public keys that may log in, for example `["ssh-ed25519 AAAA… ada"]`. */
  readonly sshKeys?: Input<Input<string>[]>;
  /** DNS server, for example `"10.0.0.1"`. */
  readonly nameserver?: Input<string>;
  /** DNS search domain, for example `"lab.example.org"`. */
  readonly searchDomain?: Input<string>;
  /** Fixed addresses, one after another in the order of the seats; DHCP when absent. */
  readonly address?: AddressArgs;
}

/** A run of fixed addresses. */
export interface AddressArgs {
  /** The first seat's, with its prefix length. For example `"10.0.0.10/24"`. */
  readonly first: string;
  /** For example `"10.0.0.1"`. */
  readonly gateway?: string;
}

/** A second disk. */
export interface DataDiskArgs {
  /** In whole GiB, for example `"20GiB"`. */
  readonly size: SizeText;
  /** The storage; that of the seats when absent. For example `"nas"`. */
  readonly storage?: Input<string>;
}

/** What a new generation does to seats that stand on an older one. */
export interface RenewalArgs {
  /**
   * `reset` gives a seat a fresh disk, `keep` leaves it as it is for good, `defer` leaves it for a later run,
   * `reset-if-untouched` resets seats whose disk nobody wrote to. @default "reset"
   */
  readonly policy?: PublishPolicy;
  /** Seats that are treated differently, for example `{ ada: "keep" }`. */
  readonly policyOf?: Readonly<Record<string, PublishPolicy>>;
  /** What it does with a seat that runs: `stop` it first, or leave it for a later run. @default "defer" */
  readonly running?: "stop" | "defer";
  /** How long a seat's former disk can be taken back by `undo`. @default "7d" */
  readonly undoFor?: DurationText;
}

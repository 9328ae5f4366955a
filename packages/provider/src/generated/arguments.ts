// Made by `npm run generate` from packages/core/src/kinds; edit what is described there.
import type { DurationText, SizeText } from "@coppice/core";
import type { Input } from "@pulumi/pulumi";

/** Arguments of `OverlayPool`. */
export interface OverlayPoolArgs {
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster?: string;
  /** Name of the class; guests are called `<class>-<seat>`. For example `"networks-101"`. */
  readonly class: string;
  /** The generation that new and reset seats stand on. */
  readonly base: Input<GenerationArgs>;
  /** How many seats, named `seat-01`, `seat-02`, …; or give a `roster`. For example `25`. */
  readonly count?: number;
  /** The names of all seats, which become host names. For example `["ada", "grace"]`. */
  readonly roster?: readonly string[];
  /**
   * Says that no machines at all are meant, which is refused without it: it removes all there are.
   *
   * @default false
   */
  readonly empty?: boolean;
  /**
   * The numbers that belong to this class alone, both ends included. For example
   * `{ from: 20000, to: 20999 }`.
   */
  readonly vmids: VmidsArgs;
  /** Nodes to use; all that are online when absent. For example `["pve1", "pve2"]`. */
  readonly nodes?: readonly string[];
  /** What differs from the template's hardware. For example `{ cores: 2, memory: "4GiB" }`. */
  readonly hardware?: HardwareArgs;
  /**
   * The network of the first card; the template's when absent. A template without a card gets one on the
   * bridge. For example `{ bridge: "vmbr0", tag: 42 }`.
   */
  readonly network?: NetworkArgs;
  /**
   * Values for cloud-init; each seat's host name is its machine's name. For example `{ user: "student" }`.
   */
  readonly cloudInit?: CloudInitArgs;
  /**
   * Whether machines start when they are made. `never` leaves them off; `after-create` starts each.
   *
   * @default "never"
   */
  readonly start?: "never" | "after-create";
  /** How many machines start at once. 1 or more. @default 4 */
  readonly startBatch?: number;
  /**
   * How machines are made. `auto` takes `bulk` where the cluster allows it, else `overlay` where the storage
   * and SSH do, else `linked`; `overlay` makes all disks of a node in one script, then each machine through
   * the API; `linked` makes Proxmox's own linked clones; `bulk` makes one machine of a node through the API
   * and the others as copies of its configuration.
   *
   * @default "auto"
   */
  readonly method?: "auto" | "overlay" | "linked" | "bulk";
  /** An existing Proxmox pool that the machines become members of. For example `"lab"`. */
  readonly pool?: Input<string>;
  /**
   * The tenant whose machines they are: they become members of its Proxmox pool, count against its limits,
   * and carry the tag `tenant-<name>`. For example `"acme"`.
   */
  readonly tenant?: string;
  /**
   * Until when it is needed: a day, which counts to its end in UTC, or a time. Nothing is removed by it; what
   * it costs until then is told beforehand. For example `"2027-02-28"`.
   */
  readonly expires?: string;
  /** Further Proxmox tags. For example `["spring"]`. */
  readonly tags?: readonly string[];
  /**
   * Accepts that the storage could run full: every disk may grow to the template's size, and all together to
   * more than is free. Without it such a class is refused.
   *
   * @default false
   */
  readonly overcommit?: boolean;
  /**
   * A second disk for work that must survive every reset; qcow2 on storages of files. For example
   * `{ size: "20GiB" }`.
   */
  readonly dataDisk?: DataDiskArgs;
  /**
   * Seats that get a fresh disk: a new value orders it once. One that runs is stopped and started again. For
   * example `{ ada: "2026-10-01" }`.
   */
  readonly reset?: Readonly<Record<string, string>>;
  /**
   * Seats whose last reset is taken back: a new value orders it once. One that runs is stopped and started
   * again. For example `{ ada: "2026-10-01" }`.
   */
  readonly undo?: Readonly<Record<string, string>>;
  /**
   * What a change of generation does to the seats there are; they wait when absent. For example
   * `{ policy: "reset" }`.
   */
  readonly publish?: RenewalArgs;
}

/** Arguments of `BaseGeneration`. */
export interface BaseGenerationArgs {
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster?: string;
  /** Name of the class. For example `"networks-101"`. */
  readonly class: string;
  /** Number of the generation; another number is another generation. 1 or more, for example `1`. */
  readonly number: number;
  /** Vmid of a template, or of a stopped machine. 100 to 999999999, for example `9000`. */
  readonly source: Input<number>;
  /** The storage that carries the seats' disks. For example `"nas"`. */
  readonly storage: Input<string>;
  /**
   * The class's own numbers, both ends included; a copy takes the highest that is free. For example
   * `{ from: 20000, to: 20999 }`.
   */
  readonly vmids: VmidsArgs;
  /** Nodes that seats will be on; all that are online when absent. For example `["pve1", "pve2"]`. */
  readonly nodes?: readonly string[];
  /** An existing Proxmox pool that copies become members of. For example `"lab"`. */
  readonly pool?: Input<string>;
  /** The tenant whose copies they are: each carries the tag `tenant-<name>`. For example `"acme"`. */
  readonly tenant?: string;
  /**
   * Accepts that the storage could run full: a copy may come to the size of its source's disks. Without it
   * one that is larger than what is free is refused.
   *
   * @default false
   */
  readonly overcommit?: boolean;
}

/** Arguments of `Pool`. */
export interface PoolArgs {
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster?: string;
  /** The pool's id. For example `"lab"`. */
  readonly poolid: Input<string>;
  /** What the pool is for. For example `"Machines of the lab"`. */
  readonly comment?: Input<string>;
}

/** Arguments of `TenantPool`. */
export interface TenantPoolArgs {
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster?: string;
  /** The tenant, whose pool gets the same name. For example `"acme"`. */
  readonly tenant: string;
  /**
   * What the tenant may use at most on this cluster. For example
   * `{ machines: 40, cores: 120, memory: "256GiB", storage: "2TiB" }`.
   */
  readonly limits: TenantLimitsArgs;
  /** Name of the plan whose prices count; nothing is priced when absent. For example `"campus"`. */
  readonly plan?: string;
  /** Templates that the tenant may make machines from, by number. For example `[9000]`. */
  readonly templates?: readonly number[];
  /** Storages that the tenant's disks may lie on. For example `["nas"]`. */
  readonly storages?: readonly string[];
  /**
   * Numbers that are set aside for the tenant's machines; Proxmox holds nobody to them. For example
   * `{ from: 20000, to: 29999 }`.
   */
  readonly vmids?: VmidsArgs;
  /**
   * Nodes that are meant for the tenant's machines; all when absent. Proxmox holds nobody to them. For
   * example `["pve1", "pve2"]`.
   */
  readonly nodes?: readonly string[];
  /** Bridges and vnets that the tenant's machines may be connected to. For example `["vmbr0"]`. */
  readonly bridges?: readonly string[];
  /** Proxmox users who may use the tenant's machines. For example `["ada@pve"]`. */
  readonly members?: readonly string[];
}

/** An immutable, numbered base of a class: the outputs of a `BaseGeneration`. */
export interface GenerationArgs {
  /** Number of the generation; another number is another generation. 1 or more, for example `1`. */
  readonly number: Input<number>;
  /** The storage that carries its disks. For example `"nas"`. */
  readonly storage: Input<string>;
  /** Whether one copy serves every node. */
  readonly shared: Input<boolean>;
  /** Whether Coppice made it and will remove it; otherwise it is the template itself. */
  readonly owned: Input<boolean>;
  /**
   * By node, the template that carries the generation. For example
   * `{ pve1: { vmid: 9000, files: { scsi0: "base-9000-disk-0.qcow2" } } }`.
   */
  readonly copies: Input<Readonly<Record<string, Input<GenerationCopyArgs>>>>;
  /** The disks that a seat gets its own version of. */
  readonly disks: Input<readonly Input<GenerationDiskArgs>[]>;
  /**
   * The hardware that a seat takes over, as Proxmox writes it. For example
   * `{ memory: "2048", net0: "virtio,bridge=vmbr0" }`.
   */
  readonly config: Input<Readonly<Record<string, Input<string>>>>;
}

/** The template that carries a generation on a node. */
export interface GenerationCopyArgs {
  /** Its number. 100 to 999999999, for example `9000`. */
  readonly vmid: number;
  /** Its files by the slot of their disk. For example `{ scsi0: "base-9000-disk-0.qcow2" }`. */
  readonly files: Readonly<Record<string, string>>;
}

/** One disk of a generation that a seat gets its own version of. */
export interface GenerationDiskArgs {
  /** Where it is plugged in. For example `"scsi0"`. */
  readonly slot: string;
  /** Format of the base file. `qcow2` is QEMU's own; `raw` is the bare content; `vmdk` is VMware's. */
  readonly format: "qcow2" | "raw" | "vmdk";
  /** Size that the guest sees, in bytes. For example `34359738368`. */
  readonly size: number;
  /** SHA-256 of the base file, where Coppice made it and SSH could read it. For example `"9f86d081…"`. */
  readonly hash?: string;
}

/** A range of machine numbers, both ends included. */
export interface VmidsArgs {
  /** The first. 100 to 999999999, for example `20000`. */
  readonly from: number;
  /** The last. 100 to 999999999, for example `20999`. */
  readonly to: number;
}

/** Hardware of a seat. */
export interface HardwareArgs {
  /** Processor cores. 1 to 512, for example `2`. */
  readonly cores?: number;
  /** Memory. Whole MiB, at least 16MiB, for example `"4GiB"`. */
  readonly memory?: SizeText;
  /**
   * The display. `std` is what most guests can drive; `qxl` serves SPICE; `virtio` is a paravirtual one;
   * `virtio-gl` draws on the node's own graphics card; `vmware` is VMware's SVGA; `cirrus` is for guests of
   * the nineties; `serial0` sends the console to the first serial port; `serial1` to the second; `serial2` to
   * the third; `serial3` to the fourth; `none` leaves the machine without one. For example `"qxl"`.
   */
  readonly vga?:
    | "std"
    | "qxl"
    | "virtio"
    | "virtio-gl"
    | "vmware"
    | "cirrus"
    | "serial0"
    | "serial1"
    | "serial2"
    | "serial3"
    | "none";
}

/** The network of a seat's first card. */
export interface NetworkArgs {
  /** Bridge or vnet. For example `"vmbr0"`. */
  readonly bridge?: Input<string>;
  /** VLAN. 1 to 4094, for example `42`. */
  readonly tag?: Input<number>;
}

/** Values for cloud-init. */
export interface CloudInitArgs {
  /** Name of the user. For example `"student"`. */
  readonly user?: Input<string>;
  /** The user's password; kept as a secret. For example `config.requireSecret("password")`. */
  readonly password?: Input<string>;
  /**
   * Public keys that may log in. For example
   * `["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0wmN/Cr3JXqmLW7u+g9pTh+wyqDHpSQEIQczXkVx9q ada"]`.
   */
  readonly sshKeys?: Input<readonly Input<string>[]>;
  /** DNS server. For example `"10.0.0.1"`. */
  readonly nameserver?: Input<string>;
  /** DNS search domain. For example `"lab.example.org"`. */
  readonly searchDomain?: Input<string>;
  /**
   * Fixed addresses, one after another in the order of the seats; a seat keeps its own when others come or
   * go. DHCP when absent. For example `{ first: "10.0.0.10/24", gateway: "10.0.0.1" }`.
   */
  readonly address?: AddressArgs;
}

/** A run of fixed addresses. */
export interface AddressArgs {
  /** The first seat's, with its prefix length. For example `"10.0.0.10/24"`. */
  readonly first: string;
  /** The gateway. For example `"10.0.0.1"`. */
  readonly gateway?: string;
}

/** A second disk. */
export interface DataDiskArgs {
  /** How large. Whole GiB, at least 1GiB, for example `"20GiB"`. */
  readonly size: SizeText;
  /** Its storage; that of the seats when absent. For example `"nas"`. */
  readonly storage?: Input<string>;
}

/** What a new generation does to seats that stand on an older one. */
export interface RenewalArgs {
  /**
   * What becomes of a seat. `reset` gives a seat a fresh disk; `keep` leaves it as it is for good; `defer`
   * leaves it for a later run; `reset-if-untouched` resets seats whose disk nobody wrote to.
   *
   * @default "reset"
   */
  readonly policy?: "reset" | "keep" | "defer" | "reset-if-untouched";
  /** Seats that are treated differently. For example `{ ada: "keep" }`. */
  readonly policyOf?: Readonly<Record<string, "reset" | "keep" | "defer" | "reset-if-untouched">>;
  /**
   * What a publication does with a seat that runs. One that `reset` or `undo` names is stopped and started
   * again in any case. `stop` stops it first and starts it again; `defer` leaves it for a later run.
   *
   * @default "defer"
   */
  readonly running?: "stop" | "defer";
  /** How long a seat's former disk can be taken back by `undo`. @default "7d" */
  readonly undoFor?: DurationText;
}

/** What a tenant may use at most. */
export interface TenantLimitsArgs {
  /** Machines, templates too; has no limit when absent. For example `40`. */
  readonly machines?: number;
  /**
   * Processor cores of all machines, whether they run or not; has no limit when absent. For example `120`.
   */
  readonly cores?: number;
  /**
   * Memory of all machines, whether they run or not; has no limit when absent. Whole MiB, at least 0MiB, for
   * example `"256GiB"`.
   */
  readonly memory?: SizeText;
  /** What all disks may grow to; has no limit when absent. Whole GiB, at least 0GiB, for example `"2TiB"`. */
  readonly storage?: SizeText;
}

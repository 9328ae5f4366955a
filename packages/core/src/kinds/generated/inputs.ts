// Made by `npm run generate` from packages/core/src/kinds; edit what is described there.
import type { DurationText } from "../../values/duration.ts";
import type { SizeText } from "../../values/size.ts";

/** What is described of `LabClass`. */
export type LabClassInputs = {
  /** The template whose disks all seats share. For example `{ vmid: 9000 }`. */
  readonly template: Template;
  /** How many seats, named `seat-01`, `seat-02`, …; or give a `roster`. For example `25`. */
  readonly seats?: number;
  /** The names of all seats, which become host names. For example `["ada", "grace"]`. */
  readonly roster?: readonly string[];
  /**
   * Says that no machines at all are meant, which is refused without it: it removes all there are.
   *
   * @default false
   */
  readonly empty: boolean;
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster: string;
  /** The storage that carries the seats' disks. For example `"nas"`. */
  readonly storage: string;
  /**
   * The numbers that belong to this class alone, both ends included. For example
   * `{ from: 20000, to: 20999 }`.
   */
  readonly vmids: Vmids;
  /** Nodes to use; all that are online when absent. For example `["pve1", "pve2"]`. */
  readonly nodes?: readonly string[];
  /** What differs from the template's hardware. For example `{ cores: 2, memory: "4GiB" }`. */
  readonly hardware?: Hardware;
  /**
   * The network of the first card; the template's when absent. A template without a card gets one on the
   * bridge. For example `{ bridge: "vmbr0", tag: 42 }`.
   */
  readonly network?: Network;
  /**
   * Values for cloud-init; each seat's host name is its machine's name. For example `{ user: "student" }`.
   */
  readonly cloudInit?: CloudInit;
  /**
   * Whether machines start when they are made. `never` leaves them off; `after-create` starts each.
   *
   * @default "never"
   */
  readonly start: "never" | "after-create";
  /** How many machines start at once. 1 or more. @default 4 */
  readonly startBatch: number;
  /**
   * How machines are made. `auto` takes `bulk` where the cluster allows it, else `overlay` where the storage
   * and SSH do, else `linked`; `overlay` makes all disks of a node in one script, then each machine through
   * the API; `linked` makes Proxmox's own linked clones; `bulk` makes one machine of a node through the API
   * and the others as copies of its configuration.
   *
   * @default "auto"
   */
  readonly method: "auto" | "overlay" | "linked" | "bulk";
  /** An existing Proxmox pool that the machines become members of. For example `"lab"`. */
  readonly pool?: string;
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
  readonly overcommit: boolean;
  /**
   * A second disk for work that must survive every reset; qcow2 on storages of files. For example
   * `{ size: "20GiB" }`.
   */
  readonly dataDisk?: DataDisk;
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
   * A machine for the teacher beside the seats, on generation 1, from which further generations can be
   * published. It takes the first number of `vmids`, which no seat gets. Its address comes from DHCP.
   *
   * @default false
   */
  readonly teacher: boolean;
  /** Publishes a further generation to the seats. For example `{ generation: 2, from: "teacher" }`. */
  readonly publish?: Publish;
};

/** What is described of `OverlayVmPool`. */
export type OverlayVmPoolInputs = {
  /** The template whose disks all machines share. For example `{ vmid: 9000 }`. */
  readonly template: Template;
  /** How many seats, named `seat-01`, `seat-02`, …; or give a `roster`. For example `25`. */
  readonly seats?: number;
  /** The names of all seats, which become host names. For example `["ada", "grace"]`. */
  readonly roster?: readonly string[];
  /**
   * Says that no machines at all are meant, which is refused without it: it removes all there are.
   *
   * @default false
   */
  readonly empty: boolean;
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster: string;
  /** The storage that carries the seats' disks. For example `"nas"`. */
  readonly storage: string;
  /**
   * The numbers that belong to this class alone, both ends included. For example
   * `{ from: 20000, to: 20999 }`.
   */
  readonly vmids: Vmids;
  /** Nodes to use; all that are online when absent. For example `["pve1", "pve2"]`. */
  readonly nodes?: readonly string[];
  /** What differs from the template's hardware. For example `{ cores: 2, memory: "4GiB" }`. */
  readonly hardware?: Hardware;
  /**
   * The network of the first card; the template's when absent. A template without a card gets one on the
   * bridge. For example `{ bridge: "vmbr0", tag: 42 }`.
   */
  readonly network?: Network;
  /**
   * Values for cloud-init; each seat's host name is its machine's name. For example `{ user: "student" }`.
   */
  readonly cloudInit?: CloudInit;
  /**
   * Whether machines start when they are made. `never` leaves them off; `after-create` starts each.
   *
   * @default "never"
   */
  readonly start: "never" | "after-create";
  /** How many machines start at once. 1 or more. @default 4 */
  readonly startBatch: number;
  /**
   * How machines are made. `auto` takes `bulk` where the cluster allows it, else `overlay` where the storage
   * and SSH do, else `linked`; `overlay` makes all disks of a node in one script, then each machine through
   * the API; `linked` makes Proxmox's own linked clones; `bulk` makes one machine of a node through the API
   * and the others as copies of its configuration.
   *
   * @default "auto"
   */
  readonly method: "auto" | "overlay" | "linked" | "bulk";
  /** An existing Proxmox pool that the machines become members of. For example `"lab"`. */
  readonly pool?: string;
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
  readonly overcommit: boolean;
  /**
   * A second disk for work that must survive every reset; qcow2 on storages of files. For example
   * `{ size: "20GiB" }`.
   */
  readonly dataDisk?: DataDisk;
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
   * Number of the generation that the template is. Raise it when the template is another one: a generation
   * never changes. 1 or more.
   *
   * @default 1
   */
  readonly generation: number;
  /**
   * What a new generation does to the machines there are; they wait when absent. For example
   * `{ policy: "reset" }`.
   */
  readonly renewal?: Renewal;
};

/** What is described of `TenantQuota`. */
export type TenantQuotaInputs = {
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster: string;
  /**
   * What the tenant may use at most on this cluster. For example
   * `{ machines: 40, cores: 120, memory: "256GiB", storage: "2TiB" }`.
   */
  readonly limits: TenantLimits;
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
  readonly vmids?: Vmids;
  /**
   * Nodes that are meant for the tenant's machines; all when absent. Proxmox holds nobody to them. For
   * example `["pve1", "pve2"]`.
   */
  readonly nodes?: readonly string[];
  /** Bridges and vnets that the tenant's machines may be connected to. For example `["vmbr0"]`. */
  readonly bridges?: readonly string[];
  /** Proxmox users who may use the tenant's machines. For example `["ada@pve"]`. */
  readonly members?: readonly string[];
};

/** What is described of `OverlayPool`. */
export type OverlayPoolInputs = {
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster: string;
  /** Name of the class; guests are called `<class>-<seat>`. For example `"networks-101"`. */
  readonly class: string;
  /** The generation that new and reset seats stand on. */
  readonly base: Generation;
  /** How many seats, named `seat-01`, `seat-02`, …; or give a `roster`. For example `25`. */
  readonly count?: number;
  /** The names of all seats, which become host names. For example `["ada", "grace"]`. */
  readonly roster?: readonly string[];
  /**
   * Says that no machines at all are meant, which is refused without it: it removes all there are.
   *
   * @default false
   */
  readonly empty: boolean;
  /**
   * The numbers that belong to this class alone, both ends included. For example
   * `{ from: 20000, to: 20999 }`.
   */
  readonly vmids: Vmids;
  /** Nodes to use; all that are online when absent. For example `["pve1", "pve2"]`. */
  readonly nodes?: readonly string[];
  /** What differs from the template's hardware. For example `{ cores: 2, memory: "4GiB" }`. */
  readonly hardware?: Hardware;
  /**
   * The network of the first card; the template's when absent. A template without a card gets one on the
   * bridge. For example `{ bridge: "vmbr0", tag: 42 }`.
   */
  readonly network?: Network;
  /**
   * Values for cloud-init; each seat's host name is its machine's name. For example `{ user: "student" }`.
   */
  readonly cloudInit?: CloudInit;
  /**
   * Whether machines start when they are made. `never` leaves them off; `after-create` starts each.
   *
   * @default "never"
   */
  readonly start: "never" | "after-create";
  /** How many machines start at once. 1 or more. @default 4 */
  readonly startBatch: number;
  /**
   * How machines are made. `auto` takes `bulk` where the cluster allows it, else `overlay` where the storage
   * and SSH do, else `linked`; `overlay` makes all disks of a node in one script, then each machine through
   * the API; `linked` makes Proxmox's own linked clones; `bulk` makes one machine of a node through the API
   * and the others as copies of its configuration.
   *
   * @default "auto"
   */
  readonly method: "auto" | "overlay" | "linked" | "bulk";
  /** An existing Proxmox pool that the machines become members of. For example `"lab"`. */
  readonly pool?: string;
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
  readonly overcommit: boolean;
  /**
   * A second disk for work that must survive every reset; qcow2 on storages of files. For example
   * `{ size: "20GiB" }`.
   */
  readonly dataDisk?: DataDisk;
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
  readonly publish?: Renewal;
};

/** What is described of `BaseGeneration`. */
export type BaseGenerationInputs = {
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster: string;
  /** Name of the class. For example `"networks-101"`. */
  readonly class: string;
  /** Number of the generation; another number is another generation. 1 or more, for example `1`. */
  readonly number: number;
  /** Vmid of a template, or of a stopped machine. 100 to 999999999, for example `9000`. */
  readonly source: number;
  /** The storage that carries the seats' disks. For example `"nas"`. */
  readonly storage: string;
  /**
   * The class's own numbers, both ends included; a copy takes the highest that is free. For example
   * `{ from: 20000, to: 20999 }`.
   */
  readonly vmids: Vmids;
  /** Nodes that seats will be on; all that are online when absent. For example `["pve1", "pve2"]`. */
  readonly nodes?: readonly string[];
  /** An existing Proxmox pool that copies become members of. For example `"lab"`. */
  readonly pool?: string;
  /** The tenant whose copies they are: each carries the tag `tenant-<name>`. For example `"acme"`. */
  readonly tenant?: string;
  /**
   * Accepts that the storage could run full: a copy may come to the size of its source's disks. Without it
   * one that is larger than what is free is refused.
   *
   * @default false
   */
  readonly overcommit: boolean;
};

/** What is described of `Pool`. */
export type PoolInputs = {
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster: string;
  /** The pool's id. For example `"lab"`. */
  readonly poolid: string;
  /** What the pool is for. For example `"Machines of the lab"`. */
  readonly comment?: string;
};

/** What is described of `TenantPool`. */
export type TenantPoolInputs = {
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster: string;
  /** The tenant, whose pool gets the same name. For example `"acme"`. */
  readonly tenant: string;
  /**
   * What the tenant may use at most on this cluster. For example
   * `{ machines: 40, cores: 120, memory: "256GiB", storage: "2TiB" }`.
   */
  readonly limits: TenantLimits;
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
  readonly vmids?: Vmids;
  /**
   * Nodes that are meant for the tenant's machines; all when absent. Proxmox holds nobody to them. For
   * example `["pve1", "pve2"]`.
   */
  readonly nodes?: readonly string[];
  /** Bridges and vnets that the tenant's machines may be connected to. For example `["vmbr0"]`. */
  readonly bridges?: readonly string[];
  /** Proxmox users who may use the tenant's machines. For example `["ada@pve"]`. */
  readonly members?: readonly string[];
};

/** What is recorded of `OverlayPool`. */
export type OverlayPoolState = OverlayPoolInputs & {
  /** Every seat's machine by the seat's name. */
  readonly seats: Readonly<Record<string, SeatPlace>>;
  /** What is particular about single seats. */
  readonly exceptions?: Readonly<Record<string, SeatException>>;
  /** Generation of every seat without an exception. */
  readonly generation: number;
  /**
   * What `method` came to. `overlay` makes all disks of a node in one script, then each machine through the
   * API; `linked` makes Proxmox's own linked clones; `bulk` makes one machine of a node through the API and
   * the others as copies of its configuration.
   */
  readonly madeBy: "overlay" | "linked" | "bulk";
};

/** What is recorded of `BaseGeneration`. */
export type BaseGenerationState = BaseGenerationInputs & {
  /** Whether one copy serves every node. */
  readonly shared: boolean;
  /** Whether Coppice made it and will remove it; otherwise it is the template itself. */
  readonly owned: boolean;
  /**
   * By node, the template that carries the generation. For example
   * `{ pve1: { vmid: 9000, files: { scsi0: "base-9000-disk-0.qcow2" } } }`.
   */
  readonly copies: Readonly<Record<string, GenerationCopy>>;
  /** The disks that a seat gets its own version of. */
  readonly disks: readonly GenerationDisk[];
  /**
   * The hardware that a seat takes over, as Proxmox writes it. For example
   * `{ memory: "2048", net0: "virtio,bridge=vmbr0" }`.
   */
  readonly config: Readonly<Record<string, string>>;
};

/** What is recorded of `Pool`. */
export type PoolState = PoolInputs;

/** What is recorded of `TenantPool`. */
export type TenantPoolState = TenantPoolInputs & {
  /** The tenant's Proxmox pool. */
  readonly pool: string;
  /** The tenant's own API token without its secret: `user@realm!name`. */
  readonly tokenId: string;
  /** The token's secret. For example `config.requireSecret("tokenSecret")`. */
  readonly tokenSecret: string;
  /** What somebody changed of it beside what is said above; the next run puts it right. */
  readonly drift?: readonly string[];
};

/** What a stack configures under `coppice:`. */
export type Configuration = {
  /**
   * The clusters by name; `main` is used where none is named. For example
   * `{ main: { endpoint: "https://pve1.example.org:8006", token: { env: "PVE_TOKEN" } } }`.
   */
  readonly clusters?: Readonly<Record<string, Cluster>>;
  /**
   * The id of the state's home. New machines carry it in their marks, so that no other home takes them for
   * its own; what exists keeps its marks. Described stacks get it by themselves. For example
   * `"h3f9a0c51d2e87b4"`.
   */
  readonly origin?: string;
  /**
   * The door through which resources go. `plugin` takes the provider plugin; `dynamic` takes Pulumi's dynamic
   * provider.
   *
   * @default "plugin"
   */
  readonly door: "plugin" | "dynamic";
};

/** What tenants pay for what their machines take. A version that has begun is never changed: add another. */
export type Plan = {
  /** The currency of all prices. For example `"EUR"`. */
  readonly currency: string;
  /**
   * What a machine that is stopped costs. `storage` charges its storage alone; `all` charges it like one that
   * runs; `nothing` charges nothing.
   *
   * @default "storage"
   */
  readonly stopped: "storage" | "all" | "nothing";
  /**
   * The prices by the time that they count from, in order. For example
   * `[{ from: "2026-09-01", prices: { coreHour: "0.0045", memoryGiBHour: "0.0012" } }]`.
   */
  readonly versions: readonly PlanVersion[];
};

/** A template of Proxmox. */
export type Template = {
  /** Its number. 100 to 999999999, for example `9000`. */
  readonly vmid: number;
};

/** A range of machine numbers, both ends included. */
export type Vmids = {
  /** The first. 100 to 999999999, for example `20000`. */
  readonly from: number;
  /** The last. 100 to 999999999, for example `20999`. */
  readonly to: number;
};

/** Hardware of a seat. */
export type Hardware = {
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
};

/** The network of a seat's first card. */
export type Network = {
  /** Bridge or vnet. For example `"vmbr0"`. */
  readonly bridge?: string;
  /** VLAN. 1 to 4094, for example `42`. */
  readonly tag?: number;
};

/** Values for cloud-init. */
export type CloudInit = {
  /** Name of the user. For example `"student"`. */
  readonly user?: string;
  /** The user's password; kept as a secret. For example `config.requireSecret("password")`. */
  readonly password?: string;
  /**
   * Public keys that may log in. For example
   * `["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0wmN/Cr3JXqmLW7u+g9pTh+wyqDHpSQEIQczXkVx9q ada"]`.
   */
  readonly sshKeys?: readonly string[];
  /** DNS server. For example `"10.0.0.1"`. */
  readonly nameserver?: string;
  /** DNS search domain. For example `"lab.example.org"`. */
  readonly searchDomain?: string;
  /**
   * Fixed addresses, one after another in the order of the seats; a seat keeps its own when others come or
   * go. DHCP when absent. For example `{ first: "10.0.0.10/24", gateway: "10.0.0.1" }`.
   */
  readonly address?: Address;
};

/** A run of fixed addresses. */
export type Address = {
  /** The first seat's, with its prefix length. For example `"10.0.0.10/24"`. */
  readonly first: string;
  /** The gateway. For example `"10.0.0.1"`. */
  readonly gateway?: string;
};

/** A second disk. */
export type DataDisk = {
  /** How large. Whole GiB, at least 1GiB, for example `"20GiB"`. */
  readonly size: SizeText;
  /** Its storage; that of the seats when absent. For example `"nas"`. */
  readonly storage?: string;
};

/** A further generation of a class. */
export type Publish = {
  /** Its number, one higher at each publication. 2 or more, for example `2`. */
  readonly generation: number;
  /** The stopped machine of the teacher, or another template. For example `"teacher"`. */
  readonly from: "teacher" | Template;
  /**
   * What becomes of a seat. `reset` gives a seat a fresh disk; `keep` leaves it as it is for good; `defer`
   * leaves it for a later run; `reset-if-untouched` resets seats whose disk nobody wrote to.
   *
   * @default "reset"
   */
  readonly policy: "reset" | "keep" | "defer" | "reset-if-untouched";
  /** Seats that are treated differently. For example `{ ada: "keep" }`. */
  readonly policyOf?: Readonly<Record<string, "reset" | "keep" | "defer" | "reset-if-untouched">>;
  /**
   * What a publication does with a seat that runs. One that `reset` or `undo` names is stopped and started
   * again in any case. `stop` stops it first and starts it again; `defer` leaves it for a later run.
   *
   * @default "defer"
   */
  readonly running: "stop" | "defer";
  /** How long a seat's former disk can be taken back by `undo`. @default "7d" */
  readonly undoFor: DurationText;
};

/** What a new generation does to seats that stand on an older one. */
export type Renewal = {
  /**
   * What becomes of a seat. `reset` gives a seat a fresh disk; `keep` leaves it as it is for good; `defer`
   * leaves it for a later run; `reset-if-untouched` resets seats whose disk nobody wrote to.
   *
   * @default "reset"
   */
  readonly policy: "reset" | "keep" | "defer" | "reset-if-untouched";
  /** Seats that are treated differently. For example `{ ada: "keep" }`. */
  readonly policyOf?: Readonly<Record<string, "reset" | "keep" | "defer" | "reset-if-untouched">>;
  /**
   * What a publication does with a seat that runs. One that `reset` or `undo` names is stopped and started
   * again in any case. `stop` stops it first and starts it again; `defer` leaves it for a later run.
   *
   * @default "defer"
   */
  readonly running: "stop" | "defer";
  /** How long a seat's former disk can be taken back by `undo`. @default "7d" */
  readonly undoFor: DurationText;
};

/** What a tenant may use at most. */
export type TenantLimits = {
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
};

/** An immutable, numbered base of a class: the outputs of a `BaseGeneration`. */
export type Generation = {
  /** Number of the generation; another number is another generation. 1 or more, for example `1`. */
  readonly number: number;
  /** The storage that carries its disks. For example `"nas"`. */
  readonly storage: string;
  /** Whether one copy serves every node. */
  readonly shared: boolean;
  /** Whether Coppice made it and will remove it; otherwise it is the template itself. */
  readonly owned: boolean;
  /**
   * By node, the template that carries the generation. For example
   * `{ pve1: { vmid: 9000, files: { scsi0: "base-9000-disk-0.qcow2" } } }`.
   */
  readonly copies: Readonly<Record<string, GenerationCopy>>;
  /** The disks that a seat gets its own version of. */
  readonly disks: readonly GenerationDisk[];
  /**
   * The hardware that a seat takes over, as Proxmox writes it. For example
   * `{ memory: "2048", net0: "virtio,bridge=vmbr0" }`.
   */
  readonly config: Readonly<Record<string, string>>;
};

/** The template that carries a generation on a node. */
export type GenerationCopy = {
  /** Its number. 100 to 999999999, for example `9000`. */
  readonly vmid: number;
  /** Its files by the slot of their disk. For example `{ scsi0: "base-9000-disk-0.qcow2" }`. */
  readonly files: Readonly<Record<string, string>>;
};

/** One disk of a generation that a seat gets its own version of. */
export type GenerationDisk = {
  /** Where it is plugged in. For example `"scsi0"`. */
  readonly slot: string;
  /** Format of the base file. `qcow2` is QEMU's own; `raw` is the bare content; `vmdk` is VMware's. */
  readonly format: "qcow2" | "raw" | "vmdk";
  /** Size that the guest sees, in bytes. For example `34359738368`. */
  readonly size: number;
  /** SHA-256 of the base file, where Coppice made it and SSH could read it. For example `"9f86d081…"`. */
  readonly hash?: string;
};

/** One entry of the configuration `coppice:clusters`. */
export type Cluster = {
  /** The API of any node of the cluster. For example `"https://pve1.example.org:8006"`. */
  readonly endpoint: string;
  /**
   * File of the authority that signed the node's certificate; or give a `fingerprint`. For example
   * `"pve-root-ca.pem"`.
   */
  readonly caFile?: string;
  /**
   * SHA-256 fingerprint of the node's certificate, as `pvenode cert info` shows it. For example `"AB:CD:…"`.
   */
  readonly fingerprint?: string;
  /** An API token, `user@realm!name=secret`. For example `{ env: "PVE_TOKEN" }`. */
  readonly token: CredentialReference | string;
  /** How nodes are reached over SSH; without it machines are made through the API alone. */
  readonly ssh?: ClusterSsh;
  /**
   * Allows configuration files to be written as root: method `bulk`, which `auto` takes then, and removal on
   * the node.
   *
   * @default false
   */
  readonly bulk: boolean;
};

/** Where a credential is found when the provider starts; never the credential itself. */
export type CredentialReference = {
  /** An environment variable that holds it. For example `"PVE_TOKEN"`. */
  readonly env?: string;
  /**
   * A file that holds it; a relative one begins at the project's folder, in a document at the document's. For
   * example `"pve-token"`.
   */
  readonly file?: string;
};

/** How the nodes of a cluster are reached over SSH. */
export type ClusterSsh = {
  /** Who logs in. @default "root" */
  readonly user: string;
  /** Port of the SSH servers. 1 to 65535. @default 22 */
  readonly port: number;
  /** The private key. For example `{ file: "coppice-key" }`. */
  readonly key: CredentialReference | string;
  /**
   * Each node's host key (`ssh-ed25519 AAAA…`) or its fingerprint (`SHA256:…`). For example
   * `{ pve1: "ssh-ed25519 AAAA…" }`.
   */
  readonly hostKeys?: Readonly<Record<string, string>>;
  /** Nodes whose address is not their name. For example `{ pve1: { host: "10.0.0.11" } }`. */
  readonly nodes?: Readonly<Record<string, SshNode>>;
};

/** How one node is reached over SSH. */
export type SshNode = {
  /** Its address. For example `"10.0.0.11"`. */
  readonly host: string;
  /** Port of its SSH server; the cluster's when absent. 1 to 65535, for example `22`. */
  readonly port?: number;
  /**
   * Its host key or that key's fingerprint, for those who keep all of a node together. For example
   * `"ssh-ed25519 AAAA…"`.
   */
  readonly hostKey?: string;
};

/** Prices from a day on, until those of the next version. */
export type PlanVersion = {
  /** The day that they begin with in UTC, or a time. For example `"2026-09-01"`. */
  readonly from: string;
  /** The prices. For example `{ coreHour: "0.0045", memoryGiBHour: "0.0012", storageGiBHour: "0.00005" }`. */
  readonly prices: Prices;
};

/** What is charged for; what has no price costs nothing. */
export type Prices = {
  /** A processor core for an hour. For example `"0.0045"`. */
  readonly coreHour?: string;
  /** A GiB of memory for an hour. For example `"0.0012"`. */
  readonly memoryGiBHour?: string;
  /** A GiB that a disk may grow to, for an hour. For example `"0.00005"`. */
  readonly storageGiBHour?: string;
  /** A GiB that a machine sends. For example `"0.01"`. */
  readonly trafficGiB?: string;
};

/** Where a seat's machine is. */
export type SeatPlace = {
  /** Its number. */
  readonly vmid: number;
  /** Its node. */
  readonly node: string;
  /** MAC of its first network card; empty without one. */
  readonly mac: string;
  /**
   * Addresses that its guest agent told at the last refresh, or at a run that found it running; absent where
   * none did.
   */
  readonly addresses?: readonly string[];
};

/** What differs on a seat from what the pool says of all. */
export type SeatException = {
  /** Generation that its disk stands on. */
  readonly generation?: number;
  /** The last reset that was carried out. */
  readonly reset?: string;
  /** The last undo that was carried out. */
  readonly undo?: string;
  /** Its former disks. */
  readonly former?: FormerDisks;
  /** A generation that it did not take: by an undo, or since somebody had written to its disk. */
  readonly declined?: number;
  /** Why it is not as wanted; 0.1.0 wrote the reason alone. */
  readonly unfinished?: SeatFailure | string;
  /** Its place in the row of fixed addresses, where it is not the one in the order of the seats. */
  readonly place?: number;
  /** It was to be started, and was not. */
  readonly unstarted?: boolean;
  /** Settings found changed from outside: what they are, and what is declared. */
  readonly drift?: string;
  /** Its machine was found gone; it has none. */
  readonly gone?: boolean;
};

/** What a seat's former disks stand on, and how long they can be taken back. */
export type FormerDisks = {
  /** Their generation. */
  readonly generation: number;
  /** Until when, in milliseconds since 1970. */
  readonly until: number;
};

/** Why a seat is not as wanted. */
export type SeatFailure = {
  /** The code of the error. */
  readonly code: string;
  /** What happened, in words. */
  readonly reason: string;
};

/**
 * One of `std`, `qxl`, `virtio`, `virtio-gl`, `vmware`, `cirrus`, `serial0`, `serial1`, `serial2`, `serial3`,
 * `none`.
 */
export type VgaType =
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

/** One of `never`, `after-create`. */
export type StartPolicy = "never" | "after-create";

/** One of `auto`, `overlay`, `linked`, `bulk`. */
export type ClassMethod = "auto" | "overlay" | "linked" | "bulk";

/** One of `reset`, `keep`, `defer`, `reset-if-untouched`. */
export type PublishPolicy = "reset" | "keep" | "defer" | "reset-if-untouched";

/** One of `stop`, `defer`. */
export type RunningPolicy = "stop" | "defer";

/** One of `qcow2`, `raw`, `vmdk`. */
export type DiskFormat = "qcow2" | "raw" | "vmdk";

/** One of `plugin`, `dynamic`. */
export type Door = "plugin" | "dynamic";

/** One of `storage`, `all`, `nothing`. */
export type StoppedRule = "storage" | "all" | "nothing";

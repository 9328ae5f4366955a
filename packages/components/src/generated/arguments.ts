// Made by `npm run generate` from packages/core/src/kinds; edit what is described there.
import type { DurationText } from "@coppice/core";
import type { CloudInitArgs, DataDiskArgs, HardwareArgs, NetworkArgs, RenewalArgs, TenantLimitsArgs, VmidsArgs } from "@coppice/provider";
import type { Input } from "@pulumi/pulumi";

/** Arguments of `LabClass`. */
export interface LabClassArgs {
  /** The template whose disks all seats share. For example `{ vmid: 9000 }`. */
  readonly template: TemplateArgs;
  /** How many seats, named `seat-01`, `seat-02`, …; or give a `roster`. For example `25`. */
  readonly seats?: number;
  /** The names of all seats, which become host names. For example `["ada", "grace"]`. */
  readonly roster?: readonly string[];
  /**
   * Says that no machines at all are meant, which is refused without it: it removes all there are.
   *
   * @default false
   */
  readonly empty?: boolean;
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster?: string;
  /** The storage that carries the seats' disks. For example `"nas"`. */
  readonly storage: Input<string>;
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
   * A machine for the teacher beside the seats, on generation 1, from which further generations can be
   * published. It takes the first number of `vmids`, which no seat gets. Its address comes from DHCP.
   *
   * @default false
   */
  readonly teacher?: boolean;
  /** Publishes a further generation to the seats. For example `{ generation: 2, from: "teacher" }`. */
  readonly publish?: PublishArgs;
}

/** Arguments of `OverlayVmPool`. */
export interface OverlayVmPoolArgs {
  /** The template whose disks all machines share. For example `{ vmid: 9000 }`. */
  readonly template: TemplateArgs;
  /** How many seats, named `seat-01`, `seat-02`, …; or give a `roster`. For example `25`. */
  readonly seats?: number;
  /** The names of all seats, which become host names. For example `["ada", "grace"]`. */
  readonly roster?: readonly string[];
  /**
   * Says that no machines at all are meant, which is refused without it: it removes all there are.
   *
   * @default false
   */
  readonly empty?: boolean;
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster?: string;
  /** The storage that carries the seats' disks. For example `"nas"`. */
  readonly storage: Input<string>;
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
   * Number of the generation that the template is. Raise it when the template is another one: a generation
   * never changes. 1 or more.
   *
   * @default 1
   */
  readonly generation?: number;
  /**
   * What a new generation does to the machines there are; they wait when absent. For example
   * `{ policy: "reset" }`.
   */
  readonly renewal?: RenewalArgs;
}

/** Arguments of `TenantQuota`. */
export interface TenantQuotaArgs {
  /** Name of the cluster in the stack's configuration `coppice:clusters`. @default "main" */
  readonly cluster?: string;
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

/** A template of Proxmox. */
export interface TemplateArgs {
  /** Its number. 100 to 999999999, for example `9000`. */
  readonly vmid: Input<number>;
}

/** A further generation of a class. */
export interface PublishArgs {
  /** Its number, one higher at each publication. 2 or more, for example `2`. */
  readonly generation: number;
  /** The stopped machine of the teacher, or another template. For example `"teacher"`. */
  readonly from: "teacher" | TemplateArgs;
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

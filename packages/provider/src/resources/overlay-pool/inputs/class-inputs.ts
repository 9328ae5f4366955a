import type { Generation, PublishPolicy } from "@coppice/core";

/** How the machines of a class are made. */
export type ClassMethod = "auto" | "overlay" | "linked" | "bulk";

/** Inputs of an `OverlayPool`: the machines of a class and how they should be. */
export type OverlayPoolInputs = {
  /** Name of the configured cluster. */
  cluster: string;
  /** Name of the class; guests are called `<class>-<seat>`. */
  class: string;
  /** The generation that new and reset seats stand on: the outputs of a `BaseGeneration`. */
  base: Generation;
  /** How many seats; or `roster`, the names of all. */
  count?: number;
  roster?: string[];
  vmids: { from: number; to: number };
  /** Nodes to use; all that are online when absent. */
  nodes?: string[];
  hardware?: { cores?: number; memoryMiB?: number };
  network?: { bridge?: string; tag?: number };
  cloudInit?: ClassCloudInit;
  start: "never" | "after-create";
  /** How many machines start at once. */
  startBatch: number;
  method: ClassMethod;
  /** An existing Proxmox pool that the machines become members of. */
  pool?: string;
  tags?: string[];
  /** Disks may be promised more room than the storage has. */
  overcommit?: boolean;
  /** A second disk that no reset touches. */
  dataDisk?: { sizeGiB: number; storage?: string };
  publish?: ClassPublish;
  /** A new value for a seat resets it once. */
  reset?: Record<string, string>;
  /** A new value for a seat takes its last reset back once. */
  undo?: Record<string, string>;
};

/** Cloud-init values of a class; the host name of a machine is its guest's name. */
export type ClassCloudInit = {
  user?: string;
  password?: string;
  sshKeys?: string[];
  nameserver?: string;
  searchDomain?: string;
  /** The first address of a run that seats take in their order; DHCP when absent. */
  address?: { first: string; gateway?: string };
};

/** What a change of generation does to the seats. */
export type ClassPublish = {
  policy: PublishPolicy;
  policyOf?: Record<string, PublishPolicy>;
  /** What it does with a seat that runs: stop it first, or leave it for a later run (the default). */
  running?: "stop" | "defer";
  /** How long the former disk is kept. */
  undoForMs: number;
};

/** Where a seat's machine is. */
export type SeatPlace = {
  vmid: number;
  node: string;
  /** MAC of its first network card; empty without one. */
  mac: string;
};

/** What differs on a seat from what the class says of all; kept small, since a class may have a thousand seats. */
export type SeatException = {
  /** Generation that its disk stands on. */
  generation?: number;
  /** The last reset and undo orders that were carried out. */
  reset?: string;
  undo?: string;
  /** What its former disks stand on, and until when (ms since 1970) they can be taken back. */
  former?: { generation: number; until: number };
  /** A generation that it did not take: by an undo, or since somebody had written to its disk. */
  declined?: number;
  /** Why it is not as wanted; versions before wrote the reason alone. */
  unfinished?: { code: string; reason: string } | string;
  /** It was to be started, and was not. */
  unstarted?: true;
  /** Settings found changed from outside. */
  drift?: string;
};

/** What an `OverlayPool` records: the inputs that its seats were last brought to, and the seats. */
export type OverlayPoolState = OverlayPoolInputs & {
  seats: Record<string, SeatPlace>;
  exceptions?: Record<string, SeatException>;
  /** Generation of every seat without an exception. */
  generation: number;
  /** What `method` came to. */
  madeBy: Exclude<ClassMethod, "auto">;
};

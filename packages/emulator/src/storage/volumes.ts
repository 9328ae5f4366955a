import type { Cluster } from "../kernel/cluster.ts";
import type { Node } from "../kernel/node.ts";
import type { StorageConfig } from "./storage-config.ts";
import type {
  Allocation,
  CopyTarget,
  FeatureQuestion,
  ParsedVolid,
  VolumeEntry,
  VolumeFeature,
  VolumeFormat,
  VolumeInfo,
  VolumeLog,
} from "./volume-types.ts";

export declare class Volumes {
  constructor(cluster: Cluster);
  /** Takes a volume id apart; dies with Proxmox's words when it cannot. */
  parse(volid: string): ParsedVolid;
  /** The storage's entry in storage.cfg; dies with `storage 'x' does not exist`. */
  config(storageId: string): StorageConfig;
  /** The storages that a node may use, enabled ones only. */
  storagesOf(node: Node): StorageConfig[];
  /** The real path on this machine. */
  path(node: Node, volid: string): string;
  /** The path as the node sees it: `/var/lib/vz/images/…`. */
  guestPath(node: Node, volid: string): string;
  /** Turns a path of the node into a volume id, when it lies in a storage. */
  volidOfPath(node: Node, guestPath: string): Promise<string | undefined>;
  /** Whether the volume is there (a missing file is not an error). */
  exists(node: Node, volid: string): boolean;
  info(node: Node, volid: string): Promise<VolumeInfo>;
  /** Makes an empty volume. `log` gets the "Formatting …" line. */
  allocate(node: Node, storageId: string, what: Allocation, log?: VolumeLog): Promise<string>;
  /** Removes a volume; refuses a base that is in use. Missing files are said to `log` and pass. */
  free(node: Node, volid: string, log?: VolumeLog): Promise<void>;
  createBase(node: Node, volid: string, log?: VolumeLog): Promise<string>;
  cloneImage(node: Node, volid: string, vmid: number, snapshot?: string, log?: VolumeLog): Promise<string>;
  copy(node: Node, volid: string, target: CopyTarget, log?: VolumeLog): Promise<string>;
  resize(node: Node, volid: string, sizeBytes: number, log?: VolumeLog): Promise<void>;
  snapshot(node: Node, volid: string, name: string, log?: VolumeLog): Promise<void>;
  rollbackSnapshot(node: Node, volid: string, name: string, log?: VolumeLog): Promise<void>;
  deleteSnapshot(node: Node, volid: string, name: string, log?: VolumeLog): Promise<void>;
  hasFeature(node: Node, feature: VolumeFeature, volid: string, question?: FeatureQuestion): boolean;
  /** Gives the volume to another guest, keeping its base part. */
  rename(node: Node, volid: string, vmid: number): Promise<string>;
  list(node: Node, storageId: string, filter?: { vmid?: number; content?: string }): Promise<VolumeEntry[]>;
  /** The next free `vm-<vmid>-disk-N` of a storage. */
  nextDiskName(node: Node, storageId: string, vmid: number, format: VolumeFormat, prefix?: "vm" | "base"): Promise<string>;
  /** The format that a new disk gets when none is asked for. */
  defaultFormat(storageId: string): VolumeFormat;
  /** Writes bytes into an existing raw or qcow2 volume from its start (cloud-init, EFI variables). */
  writeContent(node: Node, volid: string, content: Uint8Array): Promise<void>;
}

/** What a file or volume on a storage is for, as Proxmox names it. */
export type VolumeType = "images" | "iso" | "vztmpl" | "snippets" | "import" | "backup" | "rootdir";

/** A volume id taken apart, see `parseVolid`. */
export interface ParsedVolid {
  readonly storage: string;
  readonly vtype: VolumeType;
  /** The file name without its folder: `vm-200-disk-0.qcow2`. */
  readonly name: string;
  /** The guest that owns the volume; absent for ISO images and the like. */
  readonly vmid?: number;
  /** The base of a linked clone, when the id names it. */
  readonly base?: { readonly vmid: number; readonly name: string };
  readonly isBase: boolean;
  readonly format: VolumeFormat;
}

/** The formats a volume can have. Files that are no disk images count as raw. */
export type VolumeFormat = "raw" | "qcow2" | "vmdk" | "subvol";

/** What the image itself says. */
export interface VolumeInfo {
  /** The size a guest sees, in bytes. */
  readonly size: number;
  readonly format: VolumeFormat;
  /** Bytes taken on the disk. */
  readonly used: number;
  /** The backing string exactly as the header holds it. */
  readonly parent?: string;
}

/** What to make: `name` only where the caller decides it (`vm-100-cloudinit.qcow2`). */
export interface Allocation {
  readonly vmid: number;
  readonly format?: VolumeFormat;
  readonly sizeBytes: number;
  readonly name?: string;
}

/** Where a full copy goes. */
export interface CopyTarget {
  readonly storage: string;
  readonly vmid: number;
  readonly format?: VolumeFormat;
  /** Copy the state of this snapshot instead of the present one. */
  readonly snapshot?: string;
}

/** What a storage can do with one of its volumes, asked by `hasFeature`. */
export type VolumeFeature = "clone" | "copy" | "snapshot" | "sparseinit" | "template" | "rename";

export interface FeatureQuestion {
  readonly snapshot?: string;
  readonly running?: boolean;
}

/** One row of a storage's content listing. */
export interface VolumeEntry {
  readonly volid: string;
  readonly content: VolumeType;
  readonly format: string;
  readonly size: number;
  readonly ctime: number;
  readonly used?: number;
  readonly vmid?: number;
  readonly parent?: string | null;
}

/** Receives the lines that the genuine node would write into the task log. */
export type VolumeLog = (line: string) => void;

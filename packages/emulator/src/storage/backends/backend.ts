import type { Place } from "../catalog/place.ts";
import type { ParsedVolname } from "../volid.ts";
import type {
  Allocation,
  FeatureQuestion,
  VolumeEntry,
  VolumeFeature,
  VolumeFormat,
  VolumeLog,
} from "../volume-types.ts";

/**
 * How one kind of storage keeps its volumes. Names are volume names (without the storage's id); the caller holds the
 * storage's lock where Proxmox takes it.
 */
export interface Backend {
  readonly defaultFormat: VolumeFormat;
  readonly formats: readonly VolumeFormat[];
  parse(volname: string): ParsedVolname;
  /** The volume's path as the node sees it. */
  guestPath(place: Place, volname: string): string;
  /** Makes an empty volume and answers its name. */
  allocate(
    place: Place,
    what: Required<Pick<Allocation, "format">> & Allocation,
    log?: VolumeLog,
  ): Promise<string>;
  free(place: Place, volname: string, log?: VolumeLog): Promise<void>;
  /** Renames to the base's name and answers it. */
  createBase(place: Place, volname: string, log?: VolumeLog): Promise<string>;
  cloneImage(
    place: Place,
    volname: string,
    vmid: number,
    snapshot?: string,
    log?: VolumeLog,
  ): Promise<string>;
  resize(place: Place, volname: string, sizeBytes: number, log?: VolumeLog): Promise<void>;
  snapshot(place: Place, volname: string, name: string, log?: VolumeLog): Promise<void>;
  rollback(place: Place, volname: string, name: string, log?: VolumeLog): Promise<void>;
  deleteSnapshot(place: Place, volname: string, name: string, log?: VolumeLog): Promise<void>;
  /** qemu-img arguments that open the volume, or one of its snapshots, for reading. */
  source(place: Place, volname: string, snapshot?: string): readonly string[];
  hasFeature(feature: VolumeFeature, volume: ParsedVolname, question: FeatureQuestion): boolean;
  rename(place: Place, volname: string, vmid: number): Promise<string>;
  listImages(place: Place, vmid?: number): Promise<VolumeEntry[]>;
  nextDiskName(place: Place, vmid: number, format: VolumeFormat): Promise<string>;
  /** Whether the listing shows that volumes depend on a base (thin pools do not know). */
  readonly tracksBases: boolean;
}

/** The most disks of one guest on one storage (pve-storage, $MAX_VOLUMES_PER_GUEST). */
const mostVolumes = 1024;

/** The first `vm-<vmid>-disk-N` that no listed volume uses; `suffix` is `.qcow2` and the like, or nothing. */
export function freeDiskName(
  place: Place,
  vmid: number,
  volids: readonly string[],
  suffix: string,
): string | undefined {
  // Storage types that can hold subvolumes count numbers whatever the format (pve-storage 9.1.7, Plugin.pm; recorded for dir).
  const ending = place.storage.type === "dir" ? "" : suffix.replace(".", "\\.");
  const pattern = new RegExp(`(?:vm|base)-${vmid}-disk-(\\d+)${ending}`);
  const taken = new Set(volids.map((volid) => pattern.exec(volid)?.[1]));
  for (let number = 0; number < mostVolumes; number += 1) {
    if (!taken.has(String(number))) return `vm-${vmid}-disk-${number}${suffix}`;
  }
  return undefined;
}

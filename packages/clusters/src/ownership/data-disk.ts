/** The serial number that tells a seat's data disk from its generation's: the guest sees it under /dev/disk/by-id. */
const SERIAL = "serial=coppice-data";

/** A data disk as a class wants it. */
export interface DataDisk {
  readonly storage: string;
  readonly sizeGiB: number;
  /** Left to Proxmox where nothing is said. */
  readonly format?: "qcow2";
}

/** The drive line that has Proxmox make a data disk of ours. */
export function dataDiskLine({ storage, sizeGiB, format }: DataDisk): string {
  return [`${storage}:${sizeGiB}`, ...(format === undefined ? [] : [`format=${format}`]), SERIAL].join(",");
}

/** Whether a drive is a data disk of ours: no reset touches it, and no generation takes it over. */
export function isDataDisk({ options }: { readonly options: readonly string[] }): boolean {
  return options.includes(SERIAL);
}

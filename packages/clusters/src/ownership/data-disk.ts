/** The serial number that tells a seat's data disk from its generation's: the guest sees it under /dev/disk/by-id. */
const SERIAL = "serial=coppice-data";

/** The drive line that has Proxmox make a data disk of ours. */
export function dataDiskLine({ storage, sizeGiB }: { storage: string; sizeGiB: number }): string {
  return `${storage}:${sizeGiB},${SERIAL}`;
}

/** Whether a drive is a data disk of ours: no reset touches it, and no generation takes it over. */
export function isDataDisk({ options }: { readonly options: readonly string[] }): boolean {
  return options.includes(SERIAL);
}

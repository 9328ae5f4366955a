const named = (bus: string, count: number) => Array.from({ length: count }, (_, index) => `${bus}${index}`);

/** Drives a guest can start from, in the order Proxmox looks for them (qemu-server 9.2.6, Drive.pm). */
export const bootDriveNames: readonly string[] = [
  ...named("ide", 4),
  ...named("scsi", 31),
  ...named("virtio", 16),
  ...named("sata", 6),
];

/** Every drive a guest can have. */
export const driveNames: readonly string[] = [...bootDriveNames, "efidisk0", "tpmstate0"];

/** Every drive and every slot for a detached one. */
export const driveNamesWithUnused: readonly string[] = [...driveNames, ...named("unused", 256)];

const known = new Set(driveNames);

/** True for `scsi0` and its like; `unusedN` is not a drive. */
export function isDriveName(key: string): boolean {
  return known.has(key);
}

const units = { K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

/** Reads `size=…` of a drive in bytes; undefined when it is none. */
export function parseDriveSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([KMGT])?$/.exec(text);
  if (match === null) return undefined;
  const factor = match[2] === undefined ? 1 : (units[match[2] as keyof typeof units] ?? 1); // the pattern admits only these letters
  return Math.floor(Number(match[1]) * factor);
}

/** Writes bytes as Proxmox does in a drive: the largest unit that divides them (pve-common, format_size). */
export function formatDriveSize(bytes: number): string {
  let value = bytes;
  for (const unit of ["", "K", "M", "G"]) {
    if (value < 1024 || value % 1024 !== 0) return `${value}${unit}`;
    value /= 1024;
  }
  return `${value}T`;
}

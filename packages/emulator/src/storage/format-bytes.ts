const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/**
 * A size as Proxmox's progress lines show it (pve-common, Format.pm render_bytes).
 *
 * @example formatBytes(2147483648) // "2.0 GiB"
 */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(1)} ${units[unit] ?? "B"}`;
}

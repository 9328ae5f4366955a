/**
 * An IPv4 address as a number, so that addresses can be counted on.
 *
 * @example parseIpv4("10.0.0.1") // 167772161
 */
export function parseIpv4(text: string): number {
  return text.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

/** Writes a number so that {@link parseIpv4} gives it back. */
export function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

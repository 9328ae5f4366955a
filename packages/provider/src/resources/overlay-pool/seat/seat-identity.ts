import { createHash } from "node:crypto";

/** What makes one machine of a class different from the others, derived from the class's mark and the seat's name. */
export interface SeatIdentity {
  readonly uuid: string;
  /** One for each network card. */
  readonly macs: readonly string[];
}

/**
 * Derives a seat's SMBIOS UUID and MACs. The same seat always gets the same ones, so a run that was interrupted and
 * repeated does not change what the network has learnt; `taken` keeps MACs unique within the class.
 *
 * @param prefix the datacenter's MAC prefix, `BC:24:11` by default
 */
export function seatIdentity(
  mark: string,
  seat: string,
  cards: number,
  prefix: string,
  taken: Set<string>,
): SeatIdentity {
  const macs = Array.from({ length: cards }, (_, card) => freeMac(mark, seat, card, prefix, taken));
  return { uuid: uuidFrom(digest(mark, seat, "uuid")), macs };
}

function freeMac(mark: string, seat: string, card: number, prefix: string, taken: Set<string>): string {
  for (let attempt = 0; ; attempt += 1) {
    const mac = macFrom(prefix, digest(mark, seat, "mac", String(card), String(attempt)));
    if (taken.has(mac)) continue;
    taken.add(mac);
    return mac;
  }
}

function digest(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex");
}

function macFrom(prefix: string, hex: string): string {
  const given = prefix
    .toUpperCase()
    .split(":")
    .filter((byte) => byte !== "");
  const derived = (hex.toUpperCase().match(/../g) ?? []).slice(0, 6 - given.length);
  return [...given, ...derived].join(":");
}

/** Sets the version (4) and variant bits that readers of a UUID expect. */
function uuidFrom(hex: string): string {
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  const [a, b, c, d, e] = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `${a}-${b}-${c}-${d}-${e}`;
}

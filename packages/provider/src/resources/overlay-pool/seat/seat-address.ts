import type { ClassCloudInit } from "../inputs/class-inputs.ts";
import type { SeatCloudInit } from "./seat-cloud-init.ts";

/**
 * The address of the seat at a place in the order: so many behind the first.
 *
 * @example addressOf({ first: "10.0.0.250/16", gateway: "10.0.0.1" }, 10) // { cidr: "10.0.1.4/16", gateway: "10.0.0.1" }
 */
export function addressOf(
  address: NonNullable<ClassCloudInit["address"]>,
  index: number,
): NonNullable<SeatCloudInit["address"]> {
  const [ip = "", prefix = ""] = address.first.split("/");
  const cidr = `${formatIpv4(parseIpv4(ip) + index)}/${prefix}`;
  return address.gateway === undefined ? { cidr } : { cidr, gateway: address.gateway };
}

/** An IPv4 address as a number. */
export function parseIpv4(text: string): number {
  return text.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function formatIpv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

import { type Address, formatIpv4, parseIpv4 } from "@coppice/core";
import type { SeatCloudInit } from "./seat-cloud-init.ts";

/**
 * The address of the seat at a place in the order: so many behind the first.
 *
 * @example addressOf({ first: "10.0.0.250/16", gateway: "10.0.0.1" }, 10) // { cidr: "10.0.1.4/16", gateway: "10.0.0.1" }
 */
export function addressOf(address: Address, index: number): NonNullable<SeatCloudInit["address"]> {
  const [ip = "", prefix = ""] = address.first.split("/");
  const cidr = `${formatIpv4(parseIpv4(ip) + index)}/${prefix}`;
  return address.gateway === undefined ? { cidr } : { cidr, gateway: address.gateway };
}

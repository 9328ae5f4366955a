import { list, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import type { GuestPlace } from "../retry/inspect-vmid.ts";

const parseAddresses = shape({
  result: list(shape({ "ip-addresses": optional(list(shape({ "ip-address": text }))) })),
});

/** Addresses that mean something on their own machine or cable alone: loopback and link-local, of both versions. */
const LOCAL = /^(?:127\.|169\.254\.|::1$|fe[89ab][0-9a-f]:)/i;

/**
 * The addresses by which others reach a machine, as its guest agent tells them. It has to run in the guest: Proxmox waits
 * three seconds for one that does not answer (qemu-server, Agent.pm: qga_check_running).
 */
export async function readGuestAddresses(
  caller: PveCaller,
  place: GuestPlace,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const { result } = await caller.call({
    method: "GET",
    path: "/nodes/{node}/qemu/{vmid}/agent/network-get-interfaces",
    in: { ...place },
    parse: parseAddresses,
    signal,
  });
  const all = result.flatMap((one) => one["ip-addresses"] ?? []).map((one) => one["ip-address"]);
  return all.filter((address) => !LOCAL.test(address));
}

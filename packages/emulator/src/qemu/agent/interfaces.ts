import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { configuredNets } from "../cloudinit/network-text.ts";
import { parseNet } from "../config/net-device.ts";

interface Address {
  readonly "ip-address": string;
  readonly "ip-address-type": "ipv4" | "ipv6";
  readonly prefix: number;
}

const statistics = Object.fromEntries(
  ["rx", "tx"].flatMap((way) => ["bytes", "packets", "errs", "dropped"].map((what) => [`${way}-${what}`, 0])),
);

/** The network interfaces inside: what cloud-init was told, an address of TEST-NET-2 for `ip=dhcp`, and the loopback. */
export function interfaces(values: Readonly<ConfigValues>): unknown[] {
  const configured = new Map(configuredNets(values).map((net) => [net.index, net.ip]));
  const devices = Object.keys(values)
    .filter((key) => /^net\d+$/.test(key))
    .map((key) => ({
      index: Number(key.slice(3)),
      mac: parseNet(values[key] ?? "")["macaddr"]?.toLowerCase() ?? "",
    }))
    .sort((a, b) => a.index - b.index);
  return [
    interfaceOf("lo", "00:00:00:00:00:00", [ipv4("127.0.0.1/8"), ipv6("::1/128")]),
    ...devices.map(({ index, mac }) =>
      interfaceOf(`eth${index}`, mac, addresses(mac, configured.get(index) ?? {})),
    ),
  ];
}

function interfaceOf(name: string, mac: string, found: readonly Address[]) {
  return { name, "hardware-address": mac, "ip-addresses": found, statistics };
}

function addresses(mac: string, { ip, ip6 }: Readonly<Record<string, string>>): Address[] {
  const bytes = mac.split(":").map((part) => Number.parseInt(part, 16));
  const host = ((bytes[5] ?? 0) % 250) + 2;
  const found: Address[] = [];
  if (ip === "dhcp") found.push(ipv4(`198.51.100.${host}/24`));
  else if (ip !== undefined) found.push(ipv4(ip));
  if (ip6 !== undefined && ip6 !== "dhcp" && ip6 !== "auto") found.push(ipv6(ip6));
  return [...found, ipv6(`${linkLocal(bytes)}/64`)];
}

/** The link-local address that a system derives from its MAC (RFC 4291, appendix A). */
function linkLocal(bytes: readonly number[]): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const group = (high: number, low: number) => ((high << 8) | low).toString(16);
  return `fe80::${group(a ^ 2, b)}:${group(c, 0xff)}:${group(0xfe, d)}:${group(e, f)}`;
}

function ipv4(cidr: string): Address {
  const [address = "", prefix = "32"] = cidr.split("/");
  return { "ip-address": address, "ip-address-type": "ipv4", prefix: Number(prefix) };
}

function ipv6(cidr: string): Address {
  const [address = "", prefix = "128"] = cidr.split("/");
  return { "ip-address": address, "ip-address-type": "ipv6", prefix: Number(prefix) };
}

import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { parseProperties } from "../../guests/config/property-string.ts";
import { parseNet } from "../config/net-device.ts";
import { type CloudInitSource, isConfigDrive } from "./cloud-init-source.ts";

/** A network device with its addresses. */
export interface ConfiguredNet {
  readonly index: number;
  readonly mac: string;
  readonly ip: Readonly<Record<string, string>>;
}

/** The devices that have an `ipconfigN`, in the order of their names. */
export function configuredNets(values: Readonly<ConfigValues>): ConfiguredNet[] {
  const keys = Object.keys(values)
    .filter((key) => /^net\d+$/.test(key))
    .sort();
  return keys.flatMap((key) => {
    const ip = values[`ipconfig${key.slice(3)}`];
    if (ip === undefined) return [];
    const mac = parseNet(values[key] ?? "")["macaddr"] ?? "";
    return [{ index: Number(key.slice(3)), mac: mac.toLowerCase(), ip: parseProperties(ip, {}) }];
  });
}

/** The network text: version 1 of cloud-init's own format, or Debian's interfaces for config drives. */
export function networkText(source: CloudInitSource): string {
  const nets = configuredNets(source.values);
  return isConfigDrive(source.values) ? interfacesText(source, nets) : versionOneText(source, nets);
}

function versionOneText(source: CloudInitSource, nets: readonly ConfiguredNet[]): string {
  const lines = ["version: 1", "config:"];
  for (const net of nets) {
    lines.push(
      "    - type: physical",
      `      name: eth${net.index}`,
      `      mac_address: '${net.mac}'`,
      "      subnets:",
    );
    lines.push(...subnetLines(net.ip).map((line) => `      ${line}`));
  }
  lines.push("    - type: nameserver");
  const { servers, domains } = dnsOf(source);
  if (servers.length > 0) lines.push("      address:", ...servers.map((server) => `      - '${server}'`));
  if (domains.length > 0) lines.push("      search:", ...domains.map((domain) => `      - '${domain}'`));
  return `${lines.join("\n")}\n`;
}

function subnetLines({ ip, gw, ip6, gw6 }: Readonly<Record<string, string>>): string[] {
  const lines: string[] = [];
  if (ip === "dhcp") lines.push("- type: dhcp4");
  else if (ip !== undefined) {
    const [address = "", bits = "32"] = ip.split("/");
    lines.push("- type: static", `  address: '${address}'`, `  netmask: '${netmask(Number(bits))}'`);
    if (gw !== undefined) lines.push(`  gateway: '${gw}'`);
  }
  if (ip6 === "dhcp") lines.push("- type: dhcp6");
  else if (ip6 === "auto") lines.push("- type: ipv6_slaac");
  else if (ip6 !== undefined) {
    lines.push("- type: static6", `  address: '${ip6}'`);
    if (gw6 !== undefined) lines.push(`  gateway: '${gw6}'`);
  }
  return lines;
}

function interfacesText(source: CloudInitSource, nets: readonly ConfiguredNet[]): string {
  const { servers, domains } = dnsOf(source);
  let text = "auto lo\niface lo inet loopback\n\n";
  if (servers.length > 0) text += `        dns_nameservers ${servers.join(" ")}\n`;
  if (domains.length > 0) text += `        dns_search ${domains.join(" ")}\n`;
  for (const net of nets) text += `auto eth${net.index}\n${interfaceText(net)}`;
  return text;
}

function interfaceText({ index, ip: { ip, gw, ip6, gw6 } }: ConfiguredNet): string {
  let text = "";
  const part = (family: string, address: string, mask: string, gateway: string | undefined) =>
    `iface eth${index} ${family} static\n        address ${address}\n        netmask ${mask}\n` +
    (gateway === undefined ? "" : `        gateway ${gateway}\n`);
  if (ip === "dhcp") text += `iface eth${index} inet dhcp\n`;
  else if (ip !== undefined) {
    const [address = "", bits = "32"] = ip.split("/");
    text += part("inet", address, netmask(Number(bits)), gw);
  }
  if (ip6 === "dhcp" || ip6 === "auto") text += `iface eth${index} inet6 ${ip6}\n`;
  else if (ip6 !== undefined) {
    const [address = "", bits = "128"] = ip6.split("/");
    text += part("inet6", address, bits, gw6);
  }
  return text;
}

function dnsOf({ values, nameservers }: CloudInitSource): {
  servers: readonly string[];
  domains: readonly string[];
} {
  const split = (text: string | undefined) => text?.split(/\s+/).filter((item) => item !== "");
  return {
    servers: split(values["nameserver"]) ?? nameservers,
    domains: split(values["searchdomain"]) ?? [],
  };
}

/** `24` as `255.255.255.0`. */
function netmask(bits: number): string {
  const ones = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (ones >>> shift) & 0xff).join(".");
}

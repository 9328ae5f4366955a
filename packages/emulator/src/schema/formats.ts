import { isIP } from "node:net";
import type { FormatCheck } from "./param-table.ts";

function matching(pattern: RegExp, text: (value: string) => string): FormatCheck {
  return (value) => (pattern.test(value) ? undefined : text(value));
}

function characters(pattern: RegExp, what: string): FormatCheck {
  return matching(pattern, (value) => `${what} '${value}' contains invalid characters`);
}

const dnsLabel = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)";
const dnsName = new RegExp(`^(?:${dnsLabel}\\.)*${dnsLabel}$`);
const poolId = /^(?:[A-Za-z0-9.\-_]+)(?:\/[A-Za-z0-9.\-_]+){0,2}$/;
const storageId = /^[a-z][a-z0-9\-_.]*[a-z0-9]$/i;

function checkStorageId(value: string): string | undefined {
  return storageId.test(value) ? undefined : `storage ID '${value}' contains illegal characters`;
}

function checkUrlEncoded(value: string): string | undefined {
  return /^[-%a-zA-Z0-9_.!~*'()]*$/.test(value) ? undefined : `invalid urlencoded string: ${value}`;
}

function checkMac(value: string): string | undefined {
  return /^[a-f0-9][02468ace](?::[a-f0-9]{2}){5}$/i.test(value)
    ? undefined
    : "value does not look like a valid unicast MAC address";
}

function checkTag(value: string): string | undefined {
  return /^[a-z0-9_][a-z0-9_\-+.]*$/i.test(value) ? undefined : `invalid characters in tag`;
}

function checkCidr(version: 4 | 6 | undefined): FormatCheck {
  return (value) => {
    const [address = "", bits = ""] = value.split("/");
    const family = isIP(address);
    const max = family === 4 ? 32 : 128;
    const fine = family !== 0 && /^\d+$/.test(bits) && Number(bits) <= max && Number(bits) >= 1;
    if (fine && (version === undefined || family === version)) return undefined;
    return `value does not look like a valid ${version === undefined ? "" : `IPv${version} `}CIDR network`;
  };
}

function checkIp(version: 4 | 6 | undefined): FormatCheck {
  const name = version === undefined ? "IP" : `IPv${version}`;
  return (value) =>
    isIP(value) !== 0 && (version === undefined || isIP(value) === version)
      ? undefined
      : `value does not look like a valid ${name} address`;
}

/**
 * Formats by the name Proxmox registers them under; the texts are those of pve-common JSONSchema.pm and
 * pve-access-control. A name ending in `-list` checks every item, one ending in `-opt` also takes an empty value.
 */
export const formats: Readonly<Record<string, FormatCheck>> = {
  "pve-vmid": matching(/^[1-9][0-9]{2,8}$/, () => "value does not look like a valid VM ID"),
  "pve-node": matching(new RegExp(`^${dnsLabel}$`), () => "value does not look like a valid node name"),
  "pve-storage-id": checkStorageId,
  "pve-configid": matching(/^[a-z][a-z0-9_-]+$/i, (value) => `invalid configuration ID '${value}'`),
  "pve-poolid": matching(poolId, (value) => `pool name '${value}' contains invalid characters`),
  "pve-groupid": characters(/^[A-Za-z0-9.\-_]+$/, "group name"),
  "pve-roleid": characters(/^[A-Za-z0-9.\-_]+$/, "role name"),
  "pve-realm": characters(/^[A-Za-z][A-Za-z0-9.\-_]+$/, "value"),
  "pve-userid": matching(
    /^[^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+$/,
    (value) => `value '${value}' does not look like a valid user name`,
  ),
  "pve-tokenid": matching(
    /^[^\s:/]+@[A-Za-z][A-Za-z0-9.\-_]+![A-Za-z][A-Za-z0-9.\-_]+$/,
    (value) => `value '${value}' does not look like a valid token ID`,
  ),
  "pve-command": () => undefined,
  "pve-tag": checkTag,
  "pve-bridge-id": matching(/^[-_.\w\d]+$/, () => "invalid bridge id"),
  "pve-day-of-week": matching(/^(?:mon|tue|wed|thu|fri|sat|sun)$/, () => "invalid day"),
  "pve-calendar-event": checkCalendar,
  "mac-addr": checkMac,
  "dns-name": matching(dnsName, () => "value does not look like a valid DNS name"),
  "disk-size": matching(/^\d+(?:\.\d+)?[KMGT]?$/, () => "value does not look like a valid disk size"),
  email: matching(/^[^@\s]+@[^@\s]+$/, () => "value does not look like a valid email address"),
  urlencoded: checkUrlEncoded,
  ip: checkIp(undefined),
  ipv4: checkIp(4),
  ipv6: checkIp(6),
  CIDR: checkCidr(undefined),
  CIDRv4: checkCidr(4),
  CIDRv6: checkCidr(6),
  address: (value) =>
    isIP(value) !== 0 || dnsName.test(value)
      ? undefined
      : "value is neither a valid IP address nor a DNS name",
};

/** Calendar events in the shapes that occur: times, weekdays with times, and `*:0/15`. */
function checkCalendar(value: string): string | undefined {
  const day = "(?:mon|tue|wed|thu|fri|sat|sun)(?:(?:,|\\.\\.)(?:mon|tue|wed|thu|fri|sat|sun))*";
  const number = "(?:\\*|\\d+)(?:[/.,]+\\d+)*";
  const time = `(?:${number}:)?${number}(?::${number})?`;
  const date = "(?:(?:\\*|\\d+)-)?(?:\\*|\\d+)-(?:\\*|\\d+)(?:/\\d+)?";
  const words = "minutely|hourly|daily|weekly|monthly|yearly|annually|quarterly|semiannually";
  const pattern = new RegExp(`^(?:${words}|(?:${day}\\s*)?(?:${date}\\s*)?(?:${time})?)$`, "i");
  if (value.trim() !== "" && pattern.test(value.trim())) return undefined;
  return `invalid calendar event '${value}' - unable to parse calendar event '${value}'\n\n`;
}

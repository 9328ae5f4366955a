import { createHash } from "node:crypto";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { type CloudInitSource, isConfigDrive } from "./cloud-init-source.ts";
import { networkText } from "./network-text.ts";

/** The three texts that cloud-init reads. */
export type CloudInitPart = "user" | "network" | "meta";

/** One of the texts as Proxmox generates it (qemu-server 9.2.6, Cloudinit.pm; format nocloud or configdrive2). */
export function cloudInitText(source: CloudInitSource, part: CloudInitPart): string {
  if (part === "user") return userText(source);
  if (part === "network") return networkText(source);
  const digest = createHash("sha1")
    .update(userText(source) + networkText(source))
    .digest("hex");
  if (!isConfigDrive(source.values)) return `instance-id: ${digest}\n`;
  return `{\n     "uuid": "${digest}",\n     "network_config": { "content_path": "/content/0000" }\n}\n`;
}

function userText({ vmid, values, hidePassword }: CloudInitSource): string {
  const { ciuser, cipassword, sshkeys } = values;
  const { host, fqdn } = namesOf(vmid, values);
  const lines = ["#cloud-config", `hostname: ${host}`, "manage_etc_hosts: true", `fqdn: ${fqdn}`];
  if (ciuser !== undefined) lines.push(`user: ${ciuser}`);
  if (ciuser === "root") lines.push("disable_root: False");
  if (cipassword !== undefined) lines.push(`password: ${hidePassword ? "**********" : cipassword}`);
  if (sshkeys !== undefined)
    lines.push("ssh_authorized_keys:", ...keysOf(sshkeys).map((key) => `  - ${key}`));
  lines.push("chpasswd:", "  expire: False");
  if (ciuser !== "root") lines.push("users:", "  - default");
  if (values["ciupgrade"] !== "0") lines.push("package_upgrade: true");
  return `${lines.join("\n")}\n`;
}

function namesOf(vmid: number, values: Readonly<ConfigValues>): { host: string; fqdn: string } {
  const name = values["name"] ?? `VM${vmid}`;
  if (name.includes(".")) return { host: name.replace(/\..*$/s, ""), fqdn: name };
  const domain = values["searchdomain"];
  return { host: name, fqdn: domain === undefined ? name : `${name}.${domain}` };
}

function keysOf(encoded: string): string[] {
  return decodeURIComponent(encoded)
    .split("\n")
    .filter((key) => key.trim() !== "");
}

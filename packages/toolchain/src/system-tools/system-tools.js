import { findExecutable } from "../process/find-executable.js";

/**
 * @typedef {"qemu-img" | "sshd"} SystemTool
 * @typedef {{ executable: SystemTool, use: string }} SystemToolFacts
 */

/** What npm cannot bring and the emulator needs. @type {readonly SystemToolFacts[]} */
export const SYSTEM_TOOLS = [
  { executable: "qemu-img", use: "makes and checks real qcow2 disks" },
  { executable: "sshd", use: "the emulated nodes are reached over real SSH" },
];

/** The package that holds each tool, and how it is installed, by the distribution's family (os-release). */
export const FAMILIES = [
  {
    ids: ["debian", "ubuntu"],
    command: "apt-get install -y",
    packages: { "qemu-img": "qemu-utils", sshd: "openssh-server" },
  },
  {
    ids: ["fedora", "rhel", "centos"],
    command: "dnf install -y",
    packages: { "qemu-img": "qemu-img", sshd: "openssh-server" },
  },
  {
    ids: ["suse", "opensuse"],
    command: "zypper install -y",
    packages: { "qemu-img": "qemu-tools", sshd: "openssh-server" },
  },
  { ids: ["arch"], command: "pacman -S --noconfirm", packages: { "qemu-img": "qemu-img", sshd: "openssh" } },
  { ids: ["alpine"], command: "apk add", packages: { "qemu-img": "qemu-img", sshd: "openssh-server" } },
];

/**
 * Where a tool is. `sshd` usually lies outside an ordinary user's PATH.
 * @param {SystemTool} name
 * @param {import("../base/host.js").Host} host
 * @returns {string | undefined}
 */
export function findSystemTool(name, { env, sbin }) {
  return findExecutable(name, env["PATH"]) ?? findExecutable(name, sbin);
}

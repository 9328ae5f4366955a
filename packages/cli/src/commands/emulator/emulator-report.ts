import type { ClientFiles, Emulator } from "@coppice/emulator";
import { configCommand } from "./config-command.ts";

/** What `coppice emulator` prints once everything answers. */
export function emulatorReport(emulator: Emulator, files: ClientFiles): string[] {
  const { cluster, urls, ssh, token, rootPassword, controlServer } = emulator;
  const [first] = ssh;
  const nodes = [...urls].map(([name, url]) => `${name} ${url}`);
  const lines = [
    [
      "Proxmox VE",
      `${cluster.version.id} emulated, ${cluster.nodes.size} ${cluster.nodes.size === 1 ? "node" : "nodes"}`,
    ],
    ["URL", emulator.url],
    ...(nodes.length > 1 ? [["nodes", nodes.join(", ")]] : []),
    ["CA file", files.ca],
    ["token", `${token.id}=${token.secret}`],
    ["token file", files.token],
    ["password", `root@pam ${rootPassword}`],
    ["SSH key file", files.sshKey],
    [
      "SSH",
      `ssh -i ${files.sshKey} -o UserKnownHostsFile=${files.knownHosts} -p ${first?.[1].port ?? ""} root@127.0.0.1`,
    ],
    ...(controlServer === undefined
      ? []
      : [["control", `${controlServer.url} Authorization: Bearer ${controlServer.token}`]]),
    ["data", cluster.data],
  ];
  const table = lines.map(([name = "", value = ""]) => `${name.padEnd(14)}${value}`);
  return [...table, "", "For a stack of Pulumi:", "", configCommand(emulator, files), "", "Ctrl-C stops it."];
}

import type { ClientFiles, Emulator } from "@coppice/emulator";
import { typedCommand, typedPulumi } from "../../output/typed-command.ts";
import { clusterOptions } from "./cluster-options.ts";
import { configCommand } from "./config-command.ts";
import { sshCommand } from "./ssh-command.ts";

/**
 * What `coppice emulator` prints once everything answers. Its commands work as they stand in a shell with the same PATH.
 */
export function emulatorReport(emulator: Emulator, files: ClientFiles, path: string | undefined): string[] {
  const { cluster, urls, token, rootPassword, controlServer } = emulator;
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
    ["SSH", sshCommand(emulator, files)],
    ...(controlServer === undefined
      ? []
      : [["control", `${controlServer.url} Authorization: Bearer ${controlServer.token}`]]),
    ["data", cluster.data],
  ];
  const table = lines.map(([name = "", value = ""]) => `${name.padEnd(14)}${value}`);
  const coppice = typedCommand(path, process.argv[1]);
  const options = clusterOptions(emulator, files);
  return [
    ...table,
    "",
    "For documents:",
    "",
    `${coppice} cluster add main ${options}`,
    "",
    "For a new project:",
    "",
    `${coppice} new lab-class my-class ${options}`,
    "",
    "For a stack of Pulumi that is there:",
    "",
    configCommand(emulator, files, typedPulumi(path)),
    "",
    "Ctrl-C stops it.",
  ];
}

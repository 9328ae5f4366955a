import type { ClientFiles, Emulator } from "@coppice/emulator";
import { shellWord } from "../../output/shell-word.ts";

/** The command that logs in to an emulator's first node, ready for a shell. */
export function sshCommand({ ssh }: Pick<Emulator, "ssh">, files: ClientFiles): string {
  const [[, { port }] = ["", { port: 22 }]] = ssh;
  const knownHosts = `UserKnownHostsFile=${sshWord(files.knownHosts)}`;
  return `ssh -i ${shellWord(files.sshKey)} -o ${shellWord(knownHosts)} -p ${port} root@127.0.0.1`;
}

/** An option of ssh may hold several files, so it reads quotes of its own (ssh_config(5)). */
function sshWord(path: string): string {
  return /[\s"']/.test(path) ? `"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"` : path;
}

import type { ClientFiles, Emulator } from "@coppice/emulator";
import { shellWord } from "../../output/shell-word.ts";

/** The options that lead a command of ours to an emulator, ready for a shell: secrets are named by their files. */
export function clusterOptions(
  { url, ssh }: Pick<Emulator, "url" | "ssh">,
  files: Pick<ClientFiles, "ca" | "token" | "sshKey">,
): string {
  const nodes = [...ssh].flatMap(([name, { port, hostKey }]) => [
    ["--ssh-node", `${name}=127.0.0.1:${port}`],
    ["--host-key", `${name}=${hostKey}`],
  ]);
  const options = [
    ["--endpoint", url],
    ["--ca-file", files.ca],
    ["--token-file", files.token],
    ["--ssh-key", files.sshKey],
    ...nodes,
  ];
  return options.map(([option, value = ""]) => `${option} ${shellWord(value)}`).join(" ");
}

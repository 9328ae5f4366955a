import type { Emulator } from "../start/start-emulator.ts";
import type { ClientFiles } from "./client-files.ts";

/**
 * The value of the configuration `coppice:clusters` by which a Pulumi stack finds an emulator: secrets are named by
 * their files, keys are pinned, and `more` (for example `{ bulk: true }`) is added.
 *
 * @example config["coppice:clusters"] = JSON.stringify(providerSettings(emulator, writeClientFiles(emulator)));
 */
export function providerSettings(
  { url, ssh }: Pick<Emulator, "url" | "ssh">,
  files: Pick<ClientFiles, "ca" | "token" | "sshKey">,
  more: Readonly<Record<string, unknown>> = {},
): { readonly main: Readonly<Record<string, unknown>> } {
  const nodes = [...ssh].map(
    ([name, { port, hostKey }]) => [name, { host: "127.0.0.1", port, hostKey }] as const,
  );
  return {
    main: {
      endpoint: url,
      caFile: files.ca,
      token: { file: files.token },
      ssh: { key: { file: files.sshKey }, nodes: Object.fromEntries(nodes) },
      ...more,
    },
  };
}

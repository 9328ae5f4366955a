import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "../start/start-emulator.ts";

/** Files that a client of the emulator is pointed at. */
export interface ClientFiles {
  readonly ca: string;
  /** Holds `user@realm!id=secret`. */
  readonly token: string;
  readonly sshKey: string;
  /** Lines for `ssh -o UserKnownHostsFile=`. */
  readonly knownHosts: string;
}

/** What may differ from the usual files. */
export interface ClientFileOptions {
  /** @default a folder of the emulator's own, removed with its data */
  readonly folder?: string | undefined;
  /** `user@realm!id=secret`. @default the token with root's rights */
  readonly token?: string | undefined;
}

/**
 * Writes what a client needs into files, so that its configuration need not hold a secret; only their owner can read
 * them.
 *
 * @example const files = writeClientFiles(emulator);
 */
export function writeClientFiles(
  { cluster, ca, token, ssh, sshKey }: Pick<Emulator, "cluster" | "ca" | "token" | "ssh" | "sshKey">,
  options: ClientFileOptions = {},
): ClientFiles {
  const folder = options.folder ?? join(cluster.data, "client");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const hosts = [...ssh.values()].map(({ port, hostKey }) => `[127.0.0.1]:${port} ${hostKey}\n`);
  return {
    ca: write(folder, "ca.pem", ca),
    token: write(folder, "token", `${options.token ?? `${token.id}=${token.secret}`}\n`),
    sshKey: write(folder, "ssh-key", sshKey.privateKey),
    knownHosts: write(folder, "known-hosts", hosts.join("")),
  };
}

function write(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  // A mode counts only for a new file.
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "@coppice/emulator";

/** Files that a client of the emulator is pointed at. */
export interface ClientFiles {
  readonly ca: string;
  /** Holds `user@realm!id=secret`. */
  readonly token: string;
  readonly sshKey: string;
  /** Lines for `ssh -o UserKnownHostsFile=`. */
  readonly knownHosts: string;
}

/** Writes what a client needs into the emulator's folder; only its owner can read the secrets. */
export function writeClientFiles(emulator: Emulator): ClientFiles {
  const folder = join(emulator.cluster.data, "client");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const hosts = [...emulator.ssh.values()].map(({ port, hostKey }) => `[127.0.0.1]:${port} ${hostKey}\n`);
  return {
    ca: write(folder, "ca.pem", emulator.ca),
    token: write(folder, "token", `${emulator.token.id}=${emulator.token.secret}\n`),
    sshKey: write(folder, "ssh-key", emulator.sshKey.privateKey),
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

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type GoProgram, goProgram } from "./go-program.ts";
import type { Stage } from "./story.ts";

/** What both builders say when all went well, whichever is faster. */
export const packerSteps = [
  "from-clone is template 401",
  "from-clone provisioned",
  "from-iso is template 400",
  "from-iso provisioned",
];

/** Packer's builders for Proxmox: HashiCorp's own plugin, driven by a small program. */
export function packerProgram(mayBuild: boolean): Promise<GoProgram> {
  return goProgram(join(import.meta.dirname, "packer"), mayBuild);
}

/** Lets both builders make their template; answers what they said, sorted. */
export async function buildImages(stage: Stage, program: string): Promise<string[]> {
  const { emulator, folder } = stage;
  const iso = join(folder, "install.iso");
  const key = join(folder, "key");
  writeFileSync(iso, "any system");
  writeFileSync(key, emulator.sshKey.privateKey, { mode: 0o600 });
  await emulator.shell("pve1", "pvesh create /pools --poolid images");
  const port = String(emulator.ssh.get("pve1")?.port ?? 0);
  const args = [emulator.url, emulator.rootPassword, folder, iso, port, key];
  const caches = { PACKER_CACHE_DIR: join(folder, "packer"), PACKER_CONFIG_DIR: folder };
  return (await stage.play(program, args, { SSL_CERT_FILE: stage.ca, ...caches })).sort();
}

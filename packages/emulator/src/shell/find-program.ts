import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { CoppiceError } from "@coppice/core";

/** Where a program lies on this machine; the folders for administrators are searched too. */
export function findProgram(name: string): string {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin", "/usr/bin", "/bin"];
  for (const folder of folders) {
    const path = join(folder, name);
    if (folder !== "" && isExecutable(path)) return realpathSync(path);
  }
  throw new CoppiceError("emulator.program", {
    what: `the program '${name}' was not found`,
    why: "the emulator's nodes need it for their disks or their shell",
    wayOut: `install it (Debian: apt install ${packages[name] ?? name}) or put its folder on PATH`,
  });
}

const packages: Readonly<Record<string, string>> = {
  sshd: "openssh-server",
  "qemu-img": "qemu-utils",
  nsenter: "util-linux",
};

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not there or not ours to run: the search goes on.
  }
}

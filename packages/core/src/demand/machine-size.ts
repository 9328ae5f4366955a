import type { Bytes } from "../values/size.ts";

/** A machine as Proxmox's configuration has it. */
export type MachineValues = Readonly<Record<string, string | number>>;

const MIB = 2 ** 20;

/** What Proxmox takes where a configuration says nothing (qemu-server, `defaults`). */
const USUAL_MEMORY_MIB = 512;

/** The processors of a machine: each of its sockets has as many cores, `cores` of the configuration or others instead. */
export function processorsOf(config: MachineValues, cores = Number(config["cores"] ?? 1)): number {
  return cores * Number(config["sockets"] ?? 1);
}

/** The memory of a machine. Since Proxmox VE 8.1 the value, in MiB, may be written `current=2048`. */
export function memoryOf({ memory = USUAL_MEMORY_MIB }: MachineValues): Bytes {
  return Number(String(memory).replace(/^current=/, "")) * MIB;
}

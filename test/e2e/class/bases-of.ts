import type { Emulator } from "@coppice/emulator";

/** The template that the first disk of each machine stands on, by machine. */
export async function basesOf(emulator: Emulator): Promise<Record<number, number>> {
  const { stdout } = await emulator.shell("pve1", "grep -H '^scsi0: ' /etc/pve/nodes/*/qemu-server/*.conf");
  const found = [...stdout.matchAll(/(\d+)\.conf:scsi0: nas:(\d+)\/base-\d+-disk-\d+\.qcow2\/\d+\//g)];
  return Object.fromEntries(found.map(([, vmid, base]) => [Number(vmid), Number(base)]));
}

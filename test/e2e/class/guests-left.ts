import type { Emulator } from "@coppice/emulator";

const LIST =
  "ls -d /etc/pve/nodes/*/qemu-server/*.conf /mnt/pve/nas/images/*/* | sed 's|.*/qemu-server/||;s|.*/images/||'";

/** Every machine and every disk file of the cluster, sorted. */
export async function guestsAndDisks(emulator: Emulator): Promise<string[]> {
  const { stdout } = await emulator.shell("pve1", LIST);
  return stdout.trim().split("\n").sort();
}

/** What an emulator has at its start: template 9000. */
export const TEMPLATE_ONLY = ["9000.conf", "9000/base-9000-disk-0.qcow2", "9000/vm-9000-cloudinit.qcow2"];

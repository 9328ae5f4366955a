import { cloneGuest, deleteGuest, listGuests } from "@coppice/pve";
import type { EmulatedCluster } from "@coppice/testkit";

const node = "pve1";
const base = "../9100/base-9100-disk-0.qcow2";

/**
 * The command sequence of the lab portal that clones by SSH: six commands a machine, one machine after the other.
 */
export async function sixCommands(lab: EmulatedCluster, vmids: readonly number[]): Promise<void> {
  const shell = lab.ssh(node);
  const images = "/var/lib/vz/images";
  for (const id of vmids) {
    const disk = `${images}/${id}/vm-${id}-disk-0.qcow2`;
    const commands = [
      `qm create ${id} --name peer-${id} --memory 1024 --cores 1 --net0 virtio,bridge=vmbr0 --scsihw virtio-scsi-pci`,
      `mkdir -p ${images}/${id}`,
      `cd ${images}/${id} && qemu-img create -f qcow2 -F qcow2 -b ${base} ${disk}`,
      `chmod 600 ${disk} && chown root:root ${disk}`,
      `qm set ${id} --scsi0 local:${id}/vm-${id}-disk-0.qcow2`,
      `qm set ${id} --boot order=scsi0`,
    ];
    for (const script of commands) await shell.capture({ script });
  }
}

/** Proxmox's own clones of the template, so many at once. */
export async function clones(
  { client }: EmulatedCluster,
  vmids: readonly number[],
  options: { readonly atOnce: number; readonly full?: boolean },
): Promise<void> {
  const queue = vmids.values();
  const work = async (): Promise<void> => {
    for (const newid of queue) {
      await cloneGuest(
        client,
        { node, vmid: 9100 },
        { newid, name: `peer-${newid}`, full: options.full ?? false },
      );
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, work));
}

/** Proxmox's own removals, four at once: nothing is asked before, and nothing of the machine is left. */
export async function deletes({ client }: EmulatedCluster, vmids: readonly number[]): Promise<void> {
  const queue = vmids.values();
  const work = async (): Promise<void> => {
    for (const vmid of queue)
      await deleteGuest(client, { node, vmid }, { purge: false, assertQuorate: async () => undefined });
  };
  await Promise.all(Array.from({ length: 4 }, work));
}

/** Removes what a peer made. */
export async function removePeers(lab: EmulatedCluster): Promise<void> {
  const guests = await listGuests(lab.client, node);
  const peers = guests.filter(({ name }) => name?.startsWith("peer-"));
  await deletes(
    lab,
    peers.map(({ vmid }) => vmid),
  );
}

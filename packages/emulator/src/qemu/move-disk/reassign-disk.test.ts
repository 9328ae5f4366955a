import { describe, expect, test } from "vitest";
import { volumes } from "../../storage/volumes/volumes.ts";
import { GuestLab } from "../fixtures/guest-lab.ts";

const firmware = {
  bios: "ovmf",
  scsi0: "local:1,format=qcow2",
  efidisk0: "local:1,format=qcow2,efitype=4m",
  tpmstate0: "local:1,version=v2.0",
};

/** A protected template with firmware, a linked clone of it (901) and a machine that gets its disks (902). */
async function withClone(lab: GuestLab): Promise<void> {
  await lab.task("POST", "/qemu", { vmid: 900, name: "base", memory: 256, ...firmware });
  await lab.task("POST", "/qemu/900/template");
  await lab.call("PUT", "/qemu/900/config", { protection: 1 });
  expect((await lab.task("POST", "/qemu/900/clone", { newid: 901, full: 0 })).status).toBe("OK");
  await lab.task("POST", "/qemu", { vmid: 902, name: "seat", memory: 256 });
}

const give = (lab: GuestLab, disk: string, target: string, from = 901) =>
  lab.task("POST", `/qemu/${from}/move_disk`, { disk, "target-vmid": 902, "target-disk": target });

describe("a disk given to another machine", () => {
  test("keeps its base, loses its options as an unused one, and may come from a protected machine", async () => {
    using lab = new GuestLab();
    await withClone(lab);
    expect(await lab.config(901)).toMatchObject({ protection: 1 });
    for (const [disk, target] of [
      ["scsi0", "unused255"],
      ["efidisk0", "unused254"],
      ["tpmstate0", "unused253"],
    ] as const)
      expect((await give(lab, disk, target)).status).toBe("OK");
    const { unused255, unused254, unused253 } = await lab.config(902);
    expect(unused255).toMatch(/^local:900\/base-900-disk-\d\.qcow2\/902\/vm-902-disk-0\.qcow2$/);
    expect(unused254).toMatch(/^local:900\/base-900-disk-\d\.qcow2\/902\/vm-902-disk-1\.qcow2$/);
    // A TPM's state is copied in full even by a linked clone: it stands on nothing.
    expect(unused253).toBe("local:902/vm-902-disk-2.raw");
    for (const volume of [unused255, unused254, unused253])
      expect(volumes(lab.cluster).exists(lab.node, String(volume))).toBe(true);
    expect(Object.keys(await lab.config(901))).not.toContain("scsi0");
  });

  test("takes its place in a slot as a change of the configuration does, the former one becomes unused", async () => {
    using lab = new GuestLab();
    await withClone(lab);
    await give(lab, "scsi0", "unused255");
    const { unused255 } = await lab.config(902);
    await lab.call("PUT", "/qemu/902/config", { scsi0: String(unused255) });
    expect(await lab.config(902)).toMatchObject({ scsi0: `${String(unused255)},size=1G` });
    expect(await lab.config(902)).not.toHaveProperty("unused255");
  });

  test("is refused for a place in use, a template, another node's machine, and a disk that a snapshot holds", async () => {
    using lab = new GuestLab();
    await withClone(lab);
    await give(lab, "scsi0", "unused255");
    await expect(give(lab, "efidisk0", "unused255")).rejects.toThrow(
      "Target disk key 'unused255' is already in use for VM '902'",
    );
    await expect(give(lab, "scsi0", "unused1", 900)).rejects.toThrow(
      "Can't move disks from or to template VMs",
    );
    await lab.task("POST", "/qemu", { vmid: 903, scsi0: "local:1,format=qcow2" });
    await lab.task("POST", "/qemu/903/snapshot", { snapname: "s1" });
    await expect(give(lab, "scsi0", "unused1", 903)).rejects.toThrow(
      "Can't move disk used by a snapshot to another VM",
    );
    await lab.task("POST", "/qemu", { vmid: 904 }, lab.other);
    await expect(
      lab.call("POST", "/qemu/901/move_disk", { disk: "efidisk0", "target-vmid": 904 }),
    ).rejects.toThrow("Both VMs need to be on the same node");
  });
});

import {
  createSnapshot,
  deleteSnapshot,
  migrateGuest,
  readGuestConfig,
  startGuest,
  startTask,
} from "@coppice/pve";
import { describe, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";

/** By bulk the second machine of a node names a cloud-init drive that is made at its first start. */
describe.each(["8.4", "9.2"] as const)("a bulk seat that never started, on Proxmox VE %s", (pve) => {
  test("is moved, cloned, snapshotted, made a template and removed like any other", async () => {
    await using lab = await ClassLab.start({ nodes: 2, pve });
    const { client } = lab.cluster;
    const base = await lab.generation();
    const inputs = poolInputs(base, {
      count: 4,
      method: "bulk",
      nodes: ["pve1"],
      cloudInit: { user: "ada" },
    });
    const { state, unfinished } = await lab.bring(inputs);
    expect(unfinished).toBeUndefined();
    const drive = (vmid: number) => `/mnt/pve/nas/images/${vmid}/vm-${vmid}-cloudinit.qcow2`;
    const has = async (vmid: number) =>
      (await lab.cluster.shell("pve1", `test -e ${drive(vmid)} && echo yes || true`)) === "yes\n";
    const [, second, third, fourth] = ["seat-01", "seat-02", "seat-03", "seat-04"].map((seat) =>
      placeOf(state, seat),
    );
    if (second === undefined || third === undefined || fourth === undefined) throw new Error("four seats");
    expect([await has(placeOf(state, "seat-01").vmid), await has(second.vmid)]).toEqual([true, false]);
    expect(await lab.cluster.control.check()).toEqual([]);

    await createSnapshot(client, second, { snapname: "monday" });
    await deleteSnapshot(client, second, "monday");
    const reread = async () => "unclear" as const;
    const guest = "/nodes/{node}/qemu/{vmid}";
    const clone = {
      method: "POST",
      path: `${guest}/clone`,
      in: { node: "pve1", vmid: second.vmid },
      reread,
    } as const;
    await startTask(client, { ...clone, params: { newid: 500, full: true } });
    expect([await has(500), await has(second.vmid)]).toEqual([true, false]);
    await lab.cluster.shell("pve1", `qm disk rescan --vmid ${second.vmid}`);
    await migrateGuest(client, second, "pve2");
    const moved = { node: "pve2", vmid: second.vmid };
    const { values } = await readGuestConfig(client, moved);
    expect(values["ide2"]).toMatch(/vm-\d+-cloudinit\.qcow2,media=cdrom/);
    expect(Object.keys(values).filter((key) => key.startsWith("unused"))).toEqual([]);
    await startGuest(client, moved);
    expect(await has(second.vmid)).toBe(true);

    await startTask(client, {
      method: "POST",
      path: `${guest}/template`,
      in: { node: "pve1", vmid: third.vmid },
      reread,
    });
    const ofTemplate = {
      ...clone,
      in: { node: "pve1", vmid: third.vmid },
      params: { newid: 501, full: false },
    };
    await startTask(client, ofTemplate);
    expect(await has(501)).toBe(true);
    await lab.cluster.shell("pve1", "qm destroy 500 && qm destroy 501");
    await lab.cluster.shell("pve1", `qm destroy ${third.vmid}`);
    await lab.destroy(state);
    expect(await lab.cluster.control.check()).toEqual([]);
    expect(await lab.cluster.shell("pve1", "ls -A /mnt/pve/nas/images")).toBe("9000\n");
  });

  test("stays on its node where its overlay is local, like any other", async () => {
    await using lab = await ClassLab.start({ nodes: 2, pve });
    const base = await lab.generation({ storage: "local", nodes: ["pve1"] });
    const { state } = await lab.bring(
      poolInputs(base, { count: 2, method: "bulk", nodes: ["pve1"], cloudInit: {} }),
    );
    const move = (seat: string) => migrateGuest(lab.cluster.client, placeOf(state, seat), "pve2");
    await expect(move("seat-01")).rejects.toThrow(/as it's a clone of 'base-/);
    await expect(move("seat-02")).rejects.toThrow(
      /can't migrate local disk 'local:20001\/vm-20001-cloudinit\.qcow2'/,
    );
  });
});

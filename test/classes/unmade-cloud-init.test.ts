import type { OverlayPoolState } from "@coppice/core";
import {
  cloneGuest,
  convertToTemplate,
  createSnapshot,
  deleteSnapshot,
  migrateGuest,
  readGuestConfig,
  startGuest,
} from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";

/** By bulk the second machine of a node names a cloud-init drive that is made at its first start. */
describe.each(["8.4", "9.2"] as const)("a bulk seat that never started, on Proxmox VE %s", (pve) => {
  let lab: ClassLab;
  let state: OverlayPoolState;
  const home = "pve1";
  const bulk = { count: 2, method: "bulk", nodes: [home], cloudInit: { user: "ada" } } as const;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 2, pve });
    ({ state } = await lab.bring(poolInputs(await lab.generation(), bulk)));
    await lab.cluster.control.save("class");
  });
  beforeEach(() => lab.cluster.restore("class"));
  afterAll(() => lab[Symbol.asyncDispose]());

  const hasDrive = async (vmid: number): Promise<boolean> => {
    const path = `/mnt/pve/nas/images/${vmid}/vm-${vmid}-cloudinit.qcow2`;
    return (await lab.cluster.shell(home, `test -e ${path} && echo yes || true`)) === "yes\n";
  };
  const unstarted = () => placeOf(state, "seat-02");
  const removeAll = async (...others: number[]) => {
    for (const vmid of others) await lab.cluster.shell(home, `qm destroy ${vmid}`);
    await lab.destroy(state);
    expect(await lab.cluster.control.check()).toEqual([]);
    expect(await lab.cluster.shell(home, "ls -A /mnt/pve/nas/images")).toBe("9000\n");
  };

  test("is whole without its drive, and is removed", async () => {
    const drives = Object.values(state.seats).map(({ vmid }) => hasDrive(vmid));
    expect(await Promise.all(drives)).toEqual([true, false]);
    expect(await lab.cluster.control.check()).toEqual([]);
    await removeAll();
  });

  test("is cloned, and the clone has a drive of its own", async () => {
    await cloneGuest(lab.cluster.client, unstarted(), { newid: 500, full: true });
    expect([await hasDrive(500), await hasDrive(unstarted().vmid)]).toEqual([true, false]);
    await removeAll(500);
  });

  test("is made a template, and clones of it have drives of their own", async () => {
    await convertToTemplate(lab.cluster.client, unstarted());
    await cloneGuest(lab.cluster.client, unstarted(), { newid: 501, full: false });
    expect(await hasDrive(501)).toBe(true);
    await removeAll(501, unstarted().vmid);
  });

  test("is snapshotted, passed over by a rescan, moved, and gets its drive where it starts", async () => {
    const { client } = lab.cluster;
    const { vmid } = unstarted();
    await createSnapshot(client, unstarted(), { snapname: "monday" });
    await deleteSnapshot(client, unstarted(), "monday");
    const before = await readGuestConfig(client, unstarted());
    await lab.cluster.shell(home, `qm disk rescan --vmid ${vmid}`);
    await migrateGuest(client, unstarted(), "pve2");
    const moved = { node: "pve2", vmid };
    expect((await readGuestConfig(client, moved)).values).toEqual(before.values);
    await startGuest(client, moved);
    expect(await hasDrive(vmid)).toBe(true);
    await removeAll();
  });

  test("stays on its node where its overlay is local, like any other", async () => {
    const local = { storage: "local", nodes: [home], class: "own" };
    const base = await lab.generation({ ...local, vmids: { from: 21_000, to: 21_009 } }, { name: "own" });
    const inputs = { ...poolInputs(base, bulk), class: "own", vmids: { from: 21_010, to: 21_019 } };
    const { state: own } = await lab.bring(inputs, undefined, { name: "own" });
    const move = (seat: string) => migrateGuest(lab.cluster.client, placeOf(own, seat), "pve2");
    await expect(move("seat-01")).rejects.toThrow(/as it's a clone of 'base-/);
    await expect(move("seat-02")).rejects.toThrow(
      /can't migrate local disk 'local:21011\/vm-21011-cloudinit/,
    );
  });
});

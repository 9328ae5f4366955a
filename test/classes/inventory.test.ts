import type { OverlayPoolState } from "@coppice/core";
import { putGuestConfig } from "@coppice/pve";
import type { RecordedContext } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";

/** What a refresh says that there is: before a destroy the engine asks nothing else. */
describe("a class of three, one of them reset, before it is destroyed", () => {
  let lab: ClassLab;
  let state: OverlayPoolState;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 1, timeScale: 5 });
    const inputs = poolInputs(await lab.generation(), { count: 3, dataDisk: { size: "1GiB" } });
    const { state: made } = await lab.bring(inputs);
    const disk = "/mnt/pve/nas/images/20001/vm-20001-disk-0.qcow2";
    await lab.cluster.shell("pve1", `qemu-io -f qcow2 -c 'write -P 7 0 8M' ${disk} >/dev/null`);
    state = (await lab.bring({ ...inputs, reset: { "seat-02": "again" } }, made)).state;
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  async function told(): Promise<string> {
    let context: RecordedContext | undefined;
    await lab.read(state, { began: (begun) => (context = begun) });
    return (context?.told ?? []).join("\n");
  }
  const protect = (seat: string, protection: 0 | 1) =>
    putGuestConfig(lab.cluster.client, placeOf(state, seat), { protection });

  test("is told with every disk that goes, that for undo too with what is written to it", async () => {
    expect(await told()).toMatch(
      /^Class 'lab' has 3 machines with 7 disks, on which (?:8|9)(?:\.\d+)? MiB is written:\n {2}seat-01–seat-03 as 20000–20002 on pve1$/,
    );
  });

  test("is told with the machines that Proxmox will not remove, and how they may go", async () => {
    await protect("seat-02", 1);
    expect((await told()).split("\n").slice(2)).toEqual([
      "  1 is protected, and Proxmox will not remove it: seat-02 as 20001 on pve1",
      "  (if it may go, on pve1: qm set 20001 --protection 0)",
    ]);
    await protect("seat-03", 1);
    expect((await told()).split("\n").slice(2)).toEqual([
      "  2 are protected, and Proxmox will not remove them: seat-02, seat-03 as 20001, 20002 on pve1",
      "  (if they may go, on the node of each: qm set <number> --protection 0)",
    ]);
  });

  test("keeps those by name, and goes when they may", async () => {
    await expect(lab.destroy(state)).rejects.toThrow(
      /^2 of 3 seats .* were not removed: (?=.*\(seat-02\))(?=.*\(seat-03\)).* \[pve\.protected\]/,
    );
    for (const vmid of [20_001, 20_002])
      await lab.cluster.shell("pve1", `qm set ${vmid} --protection 0 >/dev/null`);
    await lab.destroy(state);
    expect(await lab.cluster.shell("pve1", "ls /etc/pve/qemu-server")).not.toMatch(/2000\d/);
  });
});

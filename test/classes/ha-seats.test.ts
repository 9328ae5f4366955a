import { readGuestConfig } from "@coppice/pve";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ClassLab, poolInputs } from "./class-lab.ts";

let lab: ClassLab;

beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 1, timeScale: 20 });
});
afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

const shell = (command: string) => lab.cluster.shell("pve1", command);

test("seats that HA manages are stopped for good before their disks are replaced, started again, and removed from HA", async () => {
  const base = await lab.generation();
  const inputs = poolInputs(base, { roster: ["ada", "bob"], start: "after-create" });
  const { state } = await lab.bring(inputs);
  const vmids = Object.values(state.seats).map(({ vmid }) => vmid);
  const [, bob] = vmids;
  // This one has stopped by itself, and HA is about to start it again.
  await shell(`qm stop ${bob}`);
  for (const vmid of vmids)
    await shell(`pvesh create /cluster/ha/resources --sid vm:${vmid} --state started`);

  const reset = await lab.bring({ ...inputs, reset: { ada: "again", bob: "again" } }, state);
  expect(reset.unfinished).toBeUndefined();
  expect(lab.cluster.control.counters().tasks).toMatchObject({ hastop: 2, hastart: 2 });
  for (const vmid of vmids) {
    const { values } = await readGuestConfig(lab.cluster.client, { node: "pve1", vmid });
    expect(values["unused0"] ?? "").toContain(`vm-${vmid}-disk-0`);
    expect(values["scsi0"] ?? "").not.toContain(`vm-${vmid}-disk-0`);
    expect(await shell(`qm status ${vmid}`)).toContain("status: running");
    expect(await shell(`qm pending ${vmid}`)).not.toMatch(/^(?:new|del) /m);
  }

  await lab.destroy(reset.state);
  const left = await shell("ls /etc/pve/qemu-server; cat /etc/pve/ha/resources.cfg");
  for (const vmid of vmids) expect(left).not.toContain(String(vmid));
  expect(await lab.cluster.control.check()).toEqual([]);
});

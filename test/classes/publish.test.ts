import {
  type BaseGenerationState,
  type OverlayPoolInputs,
  type OverlayPoolState,
  type Renewal,
  VirtualClock,
} from "@coppice/core";
import { powerGuest, readGuestConfig } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { baseOf, ClassLab, poolInputs } from "./class-lab.ts";
import { compareImages, writeInto } from "./seat-files.ts";

const node = "pve1";
const local = { storage: "local", nodes: [node] };
const images = "/var/lib/vz/images";
const hour = 3_600_000;
const roster = ["teacher", "ada", "grace"];
const publish = (more: Partial<Renewal> = {}): Renewal => ({
  policy: "reset",
  running: "stop",
  undoFor: "1h",
  ...more,
});

describe.each(["8.4", "9.2"] as const)("publishing on Proxmox VE %s", (pve) => {
  let lab: ClassLab;
  let first: BaseGenerationState;
  let second: BaseGenerationState;
  let inputs: OverlayPoolInputs;
  let state: OverlayPoolState;

  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 1, pve });
    first = await lab.generation(local);
    inputs = poolInputs(first, { roster, dataDisk: { size: "1GiB" } });
    ({ state } = await lab.bring(inputs));
    await writeInto(lab, node, disk("teacher"), 7);
    second = await lab.generation({ ...local, number: 2, source: vmid("teacher") });
    await writeInto(lab, node, disk("ada"), 9);
    await lab.cluster.control.save("made");
  });
  beforeEach(async () => {
    await lab.cluster.restore("made");
    await lab.cluster.reconnect();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const vmid = (seat: string) => state.seats[seat]?.vmid ?? 0;
  const disk = (seat: string, number = 0) => `${images}/${vmid(seat)}/vm-${vmid(seat)}-disk-${number}.qcow2`;
  const baseFile = (of: BaseGenerationState) =>
    `${images}/${of.copies[node]?.vmid}/${of.copies[node]?.files["scsi0"]}`;
  const config = async (seat: string) =>
    (await readGuestConfig(lab.cluster.client, { node, vmid: vmid(seat) })).values;
  /** The file in a slot. */
  const fileOf = async (seat: string, slot = "scsi0") => {
    const [volume = ""] = ((await config(seat))[slot] ?? "").split(",");
    return `${images}/${vmid(seat)}/${volume.split("/").at(-1)}`;
  };
  const next = (more: Partial<Renewal> = {}): OverlayPoolInputs => ({
    ...inputs,
    base: baseOf(second),
    publish: publish(more),
  });

  test("gives each seat what its policy says, and guests read the new base byte for byte", async () => {
    const wanted = next({ policy: "reset-if-untouched", policyOf: { teacher: "keep" } });
    const called = await lab.bring(wanted, state);
    expect(called.unfinished).toBeUndefined();
    expect(called.context.warnings.join()).toContain("Seat 'ada' keeps its disk: somebody wrote to it.");
    expect([await fileOf("teacher"), await fileOf("ada")]).toEqual([disk("teacher"), disk("ada")]);
    expect(await compareImages(lab, node, await fileOf("grace"), baseFile(second))).toContain("identical");
    await expect(compareImages(lab, node, await fileOf("ada"), baseFile(second))).rejects.toThrow(
      "ended with 1",
    );
    expect(lab.diff(wanted, called.state).changes).toEqual([]);
    expect(lab.diff(wanted, await lab.read(called.state)).changes).toEqual([]);
  });

  test("calls a disk that cannot be looked at neither touched nor untouched: the seat is named, and the next run asks again", async () => {
    const wanted = next({ policy: "reset-if-untouched", policyOf: { teacher: "keep", ada: "keep" } });
    await lab.cluster.shell(
      node,
      `mv ${disk("grace")} ${disk("grace")}.away && echo no image > ${disk("grace")}`,
    );
    const blind = await lab.bring(wanted, state);
    expect(blind.unfinished?.map(({ item, code }) => [item, code])).toEqual([["grace", "pool.node-program"]]);
    expect(blind.context.warnings.join()).not.toContain("somebody wrote to it");
    await lab.cluster.shell(node, `mv ${disk("grace")}.away ${disk("grace")}`);
    const again = await lab.bring(wanted, blind.state);
    expect(again.unfinished).toBeUndefined();
    expect(await compareImages(lab, node, await fileOf("grace"), baseFile(second))).toContain("identical");
  });

  test("takes a reset back with every byte, keeps data disks, and leaves the seat alone afterwards", async () => {
    const before = await fileOf("ada", "scsi1");
    const published = await lab.bring(next(), state);
    expect(await compareImages(lab, node, await fileOf("ada"), baseFile(second))).toContain("identical");
    const undoing = { ...next(), undo: { ada: "monday" } };
    const undone = await lab.bring(undoing, published.state);
    expect(await fileOf("ada")).toBe(disk("ada"));
    expect(
      await lab.cluster.shell(node, `qemu-io -r -f qcow2 -c 'read -P 9 1M 64k' ${await fileOf("ada")}`),
    ).not.toContain("fail");
    expect(await fileOf("ada", "scsi1")).toBe(before);
    expect(second.disks.map(({ slot }) => slot)).toEqual(["scsi0"]);
    expect(lab.diff(undoing, undone.state).changes).toEqual([]);
    expect(await lab.cluster.control.check()).toEqual([]);
  });

  test("frees former disks when their time is over, and refuses an undo then", async () => {
    const clock = new VirtualClock();
    const published = await lab.bring(next(), state, { clock });
    await clock.advance(hour + 1);
    const later = { ...next(), hardware: { cores: 2 } };
    const changed = await lab.bring(later, published.state, { clock });
    expect(changed.state.exceptions).toBeUndefined();
    expect(Object.keys(await config("ada")).filter((key) => key.startsWith("unused"))).toEqual([]);
    const undoing = { ...later, undo: { ada: "x" } };
    const refused =
      /seat 'ada' cannot be taken back: no former disk of it is kept\. Take 'undo\["ada"\]' out/;
    await expect(lab.preview(undoing, changed.state, { clock })).rejects.toThrow(refused);
    await expect(lab.bring(undoing, changed.state, { clock })).rejects.toMatchObject({
      code: "pool.no-former",
    });
    expect(await lab.cluster.control.check()).toEqual([]);
  });

  test("stops a running seat first and starts it again, or defers it, as declared", async () => {
    await powerGuest(lab.cluster.client, { node, vmid: vmid("ada") }, "start");
    const deferred = await lab.bring(next({ running: "defer" }), state);
    expect(deferred.context.warnings.join()).toContain("Seat 'ada' is running and keeps its disk");
    expect(await fileOf("ada")).toBe(disk("ada"));
    const stopped = await lab.bring(next(), deferred.state);
    expect(stopped.unfinished).toBeUndefined();
    expect(await fileOf("ada")).not.toBe(disk("ada"));
    expect(await lab.cluster.shell(node, `qm status ${vmid("ada")}`)).toContain("running");
    expect(await config("ada")).not.toHaveProperty("pending");
  });

  test("stops a running seat for a reset or an undo that names it, and leaves it alone when it publishes", async () => {
    await powerGuest(lab.cluster.client, { node, vmid: vmid("ada") }, "start");
    await lab.cluster.control.tellStatus();
    const reset = { ...next({ running: "defer", policyOf: { grace: "keep" } }), reset: { ada: "x" } };
    const stopped = expect.stringMatching(/^1 running seat is stopped .* started again:\n {2}ada /);
    expect((await lab.preview(reset, state)).context.warnings).toEqual([stopped]);
    const fresh = await lab.bring(reset, state);
    expect([fresh.unfinished, fresh.context.warnings]).toEqual([undefined, []]);
    expect(await fileOf("ada")).not.toBe(disk("ada"));
    expect(await lab.cluster.shell(node, `qm status ${vmid("ada")}`)).toContain("running");
    // Without a word on publications an order is an order too.
    const { publish: _, ...silent } = { ...reset, undo: { ada: "x" } };
    const undone = await lab.bring(silent, fresh.state);
    expect([undone.unfinished, undone.context.warnings]).toEqual([undefined, []]);
    expect(await fileOf("ada")).toBe(disk("ada"));
    expect(await lab.cluster.shell(node, `qm status ${vmid("ada")}`)).toContain("running");
    expect(lab.diff(silent, undone.state).changes).toEqual([]);
    expect(await lab.cluster.control.check()).toEqual([]);
  });

  test("retires a generation that a seat still stands on, and removes it with the last disk", async () => {
    const published = await lab.bring(next({ policyOf: { grace: "keep" }, undoFor: "0s" }), state);
    const retiring = await lab.removeGeneration(first);
    expect(retiring.warnings.join()).toMatch(/Generation 1 .* is kept: disks of .*stand on it/);
    const gone = { ...next({ undoFor: "0s" }), roster: ["teacher", "ada"] };
    await lab.bring(gone, published.state);
    expect(await lab.cluster.shell(node, `ls /etc/pve/qemu-server`)).not.toContain(
      String(first.copies[node]?.vmid),
    );
    expect(await lab.cluster.control.check()).toEqual([]);
  });
});

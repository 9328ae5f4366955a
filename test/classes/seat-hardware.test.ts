import type { BaseGenerationState } from "@coppice/core";
import { createSnapshot, readGuestConfig, startGuest } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";

let lab: ClassLab;
let base: BaseGenerationState;

beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 1 });
  base = await lab.generation();
  await lab.cluster.control.save("fresh");
});
beforeEach(() => lab.cluster.restore("fresh"));
afterAll(() => lab[Symbol.asyncDispose]());

const valuesOf = async (place: { node: string; vmid: number }) =>
  (await readGuestConfig(lab.cluster.client, { node: place.node, vmid: place.vmid })).values;

describe.each(["overlay", "linked"] as const)("a seat made by '%s'", (method) => {
  test("with a data disk on files can be snapshotted", async () => {
    const inputs = poolInputs(base, { count: 1, method, dataDisk: { size: "1GiB" } });
    const { state, unfinished } = await lab.bring(inputs);
    expect(unfinished).toBeUndefined();
    const place = placeOf(state, "seat-01");
    const lines = Object.values(await valuesOf(place));
    expect(lines.filter((line) => line.includes("serial=coppice-data"))).toEqual([
      expect.stringMatching(/^nas:20000\/vm-20000-disk-1\.qcow2,/),
    ]);
    await createSnapshot(lab.cluster.client, { node: place.node, vmid: place.vmid }, { snapname: "monday" });
  });

  test("of a template without a network card gets one on the class's bridge, and keeps it", async () => {
    const { net0: _, ...bare } = base.config;
    // The template itself is without: a linked clone has what it has.
    await lab.cluster.shell("pve1", "sed -i '/^net0:/d' /etc/pve/nodes/*/qemu-server/9000.conf");
    const inputs = poolInputs(
      { ...base, config: bare },
      { count: 1, method, network: { bridge: "vmbr0", tag: 7 } },
    );
    const { state } = await lab.bring(inputs);
    const place = placeOf(state, "seat-01");
    expect(place.mac).toMatch(/^BC:24:11:/);
    expect((await valuesOf(place))["net0"]).toBe(`virtio=${place.mac},bridge=vmbr0,tag=7`);
    await startGuest(lab.cluster.client, { node: place.node, vmid: place.vmid });
    expect(lab.diff(inputs, await lab.read(state)).changes).toEqual([]);
  });
});

test("a seat that had no network card gets one when the class names a bridge, and its MAC is told", async () => {
  const { net0: _, ...bare } = base.config;
  const inputs = poolInputs({ ...base, config: bare }, { count: 1 });
  const { state } = await lab.bring(inputs);
  expect(placeOf(state, "seat-01").mac).toBe("");
  const { state: next } = await lab.bring({ ...inputs, network: { bridge: "vmbr0" } }, state);
  const { mac, ...place } = placeOf(next, "seat-01");
  expect((await valuesOf(place))["net0"]).toBe(`virtio=${mac},bridge=vmbr0`);
});

test("seats are not moved to a bridge that is not there, and stay as they are", async () => {
  const inputs = poolInputs(base, { count: 1 });
  const { state } = await lab.bring(inputs);
  const moved = { ...inputs, network: { bridge: "vmbr7" } };
  await expect(lab.bring(moved, state)).rejects.toMatchObject({ code: "pool.network" });
  await expect(lab.preview(moved, state)).rejects.toMatchObject({ code: "pool.network" });
  expect((await valuesOf(placeOf(state, "seat-01")))["net0"]).toContain("bridge=vmbr0");
});

test("a seat that does not start says why, though Proxmox's status does not", async () => {
  const { state } = await lab.bring(poolInputs(base, { count: 1 }));
  const { node, vmid } = placeOf(state, "seat-01");
  await lab.cluster.shell(node, "sed -i 's/^iface vmbr0/iface vmbr9/' /etc/network/interfaces");
  await expect(startGuest(lab.cluster.client, { node, vmid })).rejects.toThrow(
    /start failed: QEMU exited with code 1: bridge 'vmbr0' does not exist; network script .* failed with status 512/,
  );
});

import type { BaseGenerationState, OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { baseOf, ClassLab, placeOf, poolInputs } from "./class-lab.ts";

const nodes = ["pve1", "pve2"];
const images = "/var/lib/vz/images";
const roster = ["teacher", "ada", "grace", "hedy"];

/** Each release with one of the methods. */
const ways = [
  { pve: "8.4", method: "overlay" },
  { pve: "9.2", method: "linked" },
] as const;

describe.each(ways)("a class by '$method' on two nodes' own storage, Proxmox VE $pve", ({ pve, method }) => {
  let lab: ClassLab;
  let first: BaseGenerationState;
  let second: BaseGenerationState;
  let inputs: OverlayPoolInputs;
  let state: OverlayPoolState;

  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 3, pve });
    first = await lab.generation({ storage: "local", nodes });
    inputs = poolInputs(first, { roster, method, nodes });
    ({ state } = await lab.bring(inputs));
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  /** What the disk of each seat stands on, read from the file on the seat's own node. */
  const bases = async () => {
    const places = Object.entries(state.seats);
    const read = async ([seat, { node, vmid }]: (typeof places)[number]) => {
      const config = await lab.cluster.shell(node, `grep ^scsi0: /etc/pve/qemu-server/${vmid}.conf`);
      const file = /vm-\d+-disk-\d+\.qcow2/.exec(config)?.[0];
      const info = await lab.cluster.shell(node, `qemu-img info -U ${images}/${vmid}/${file}`);
      return [seat, { node, backing: /^backing file: (\S+)/m.exec(info)?.[1] }] as const;
    };
    return Object.fromEntries(await Promise.all(places.map(read)));
  };
  /** What it should stand on: its own node's copy of a generation. */
  const copies = (of: BaseGenerationState, seats = roster) =>
    Object.fromEntries(
      seats.map((seat) => {
        const node = state.seats[seat]?.node ?? "";
        const copy = of.copies[node];
        return [seat, { node, backing: `../${copy?.vmid}/${copy?.files["scsi0"]}` }];
      }),
    );
  const copiesOf = (of: BaseGenerationState) =>
    Promise.all(
      Object.entries(of.copies).map(async ([node, { vmid, files }]) => {
        const path = `${images}/${vmid}/${files["scsi0"]}`;
        // What guests read, whatever the file's own layout.
        return await lab.cluster.shell(node, `qemu-io -r -f qcow2 -c 'read -P 7 1M 64k' ${path}`);
      }),
    );

  test("stands on its own node's copy of the base, seat by seat", async () => {
    expect(Object.keys(first.copies)).toEqual(nodes);
    expect(new Set(Object.values(state.seats).map(({ node }) => node))).toEqual(new Set(nodes));
    expect(await bases()).toEqual(copies(first));
  });

  test("is published with a copy for each node, the same bytes on both", async () => {
    const { node, vmid } = placeOf(state, "teacher");
    const disk = `${images}/${vmid}/vm-${vmid}-disk-0.qcow2`;
    await lab.cluster.shell(node, `qemu-io -f qcow2 -c 'write -P 7 1M 64k' ${disk} >/dev/null`);
    second = await lab.generation({ storage: "local", nodes, number: 2, source: vmid });
    expect(Object.keys(second.copies).sort()).toEqual(nodes);
    for (const read of await copiesOf(second)) expect(read).not.toContain("verification failed");
    const publish = {
      policy: "reset",
      policyOf: { teacher: "keep" },
      running: "stop",
      undoFor: "1h",
    } as const;
    inputs = { ...inputs, base: baseOf(second), publish };
    const called = await lab.bring(inputs, state);
    expect(called.unfinished).toBeUndefined();
    state = called.state;
    expect(await bases()).toEqual({ ...copies(second), ...copies(first, ["teacher"]) });
  });

  test("resets a seat onto its own node's copy", async () => {
    inputs = { ...inputs, reset: { grace: "monday" } };
    const called = await lab.bring(inputs, state);
    expect(called.unfinished).toBeUndefined();
    state = called.state;
    expect((await bases())["grace"]).toEqual(copies(second)["grace"]);
    expect(lab.diff(inputs, await lab.read(state)).changes).toEqual([]);
    expect(await lab.cluster.control.check()).toEqual([]);
  });

  test("leaves nothing on any node", async () => {
    await lab.destroy(state);
    await lab.removeGeneration(second);
    await lab.removeGeneration(first);
    for (const node of nodes) expect(await lab.cluster.shell(node, `ls -A ${images}`)).toBe("");
    expect(await lab.cluster.shell("pve1", "ls /etc/pve/nodes/*/qemu-server | grep conf")).toBe(
      "9000.conf\n",
    );
    expect(await lab.cluster.control.check()).toEqual([]);
  });
});

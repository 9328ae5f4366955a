import { retiredTag } from "@coppice/clusters";
import type { BaseGenerationState } from "@coppice/core";
import { createPool } from "@coppice/pve";
import { createdSeats } from "@coppice/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ClassLab, poolInputs } from "./class-lab.ts";

let lab: ClassLab;
let base: BaseGenerationState;
const node = "pve1";
const local = { storage: "local", nodes: [node] };

beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 1 });
  base = await lab.generation({ ...local, vmids: { from: 30_000, to: 30_009 } });
  await lab.cluster.control.save("fresh");
});
beforeEach(async () => {
  await lab.cluster.restore("fresh");
  await lab.cluster.reconnect();
});
afterAll(() => lab[Symbol.asyncDispose]());

const writeGuest = (vmid: number, text: string) =>
  lab.cluster.shell(node, `printf '${text}' > /etc/pve/nodes/${node}/qemu-server/${vmid}.conf`);

describe("what is not ours", () => {
  const theirs = `nodes/${node}/qemu-server/20000.conf`;

  test("is skipped by number, named, and left as it is, guest and folder alike", async () => {
    await writeGuest(20_000, "name: lab-ada\\nmemory: 512\\n");
    const folder = "/var/lib/vz/images/20001";
    await lab.cluster.shell(node, `mkdir ${folder} && echo theirs > ${folder}/vm-20001-disk-0.qcow2`);
    const { state, context } = await lab.bring(poolInputs(base, { roster: ["ada", "grace"] }));
    expect(
      Object.values(state.seats)
        .map(({ vmid }) => vmid)
        .sort((a, b) => a - b),
    ).toEqual([20_002, 20_003]);
    expect(context.warnings.join()).toContain("guests that are not ours; their numbers are skipped: 20000");
    await lab.destroy(state);
    expect(await lab.cluster.shell(node, "cat /etc/pve/qemu-server/20000.conf")).toBe(
      "name: lab-ada\nmemory: 512\n",
    );
    expect(await lab.cluster.shell(node, `cat ${folder}/*`)).toBe("theirs\n");
  });

  test("keeps the number that it took while a linked clone waited for that number's lock", async () => {
    // Somebody else's clone held it: two at once wait a second for each other (qemu-server 9.2.6, clone_vm).
    const { control, emulator } = lab.cluster;
    const path = "/var/lock/qemu-server/lock-20000\\.conf";
    control.faults.add({ match: { path }, effect: { kind: "held-lock" }, times: 1 });
    const take = control.faults.take.bind(control.faults);
    using _spy = vi.spyOn(control.faults, "take").mockImplementation((point, subject) => {
      const fault = take(point, subject);
      if (fault !== undefined) emulator.cluster.files.write(theirs, "name: theirs\n");
      return fault;
    });
    const inputs = poolInputs(base, { roster: ["ada"], method: "linked" });
    const { state, unfinished } = await lab.bring(inputs);
    expect(unfinished).toBeUndefined();
    expect(state.seats["ada"]?.vmid).toBe(20_001);
    expect(await lab.cluster.shell(node, "cat /etc/pve/qemu-server/20000.conf")).toBe("name: theirs\n");
  });

  test("stays even when it took a recorded seat's number", async () => {
    const { state } = await lab.bring(poolInputs(base, { roster: ["ada"] }));
    await lab.cluster.shell(node, "qm destroy 20000 --purge");
    await writeGuest(20_000, "name: theirs\\n");
    const { warnings } = await lab.destroy(state);
    expect(warnings.join()).toContain("does not carry its mark: it is left alone");
    expect(await lab.cluster.shell(node, "cat /etc/pve/qemu-server/20000.conf")).toBe("name: theirs\n");
  });

  test("stays also where somebody gave a template the tag of a retired generation", async () => {
    const urn = lab.cluster.context("OverlayPool", "lab", {}).urn;
    const tag = retiredTag(urn, "lab");
    await writeGuest(20_050, `name: theirs\\ntemplate: 1\\ntags: coppice;${tag}\\n`);
    await lab.cluster.control.tellStatus();
    const { context } = await lab.bring(poolInputs(base, { roster: ["ada"] }));
    expect(context.warnings.join()).toContain(
      `Template 20050 on ${node} has the tag of a retired generation`,
    );
    expect(await lab.cluster.shell(node, "cat /etc/pve/qemu-server/20050.conf")).toContain("name: theirs");
  });
});

describe("two classes in one range at once", () => {
  test.each(["overlay", "linked", "bulk"] as const)("get numbers of their own by '%s'", async (method) => {
    const inputs = poolInputs(base, { count: 8, method });
    const bring = (name: string) => lab.bring({ ...inputs, class: name }, undefined, { name });
    const [one, two] = await Promise.all([bring("one"), bring("two")]);
    expect([one.unfinished, two.unfinished]).toEqual([undefined, undefined]);
    const vmids = [one, two].flatMap(({ state }) => Object.values(state.seats).map(({ vmid }) => vmid));
    expect(new Set(vmids).size).toBe(16);
    for (const { state, context } of [one, two]) {
      expect(createdSeats(context.reports).sort()).toEqual(Object.keys(state.seats));
      const creations = context.reports.filter(({ verb }) => verb === "create");
      expect(creations.at(-1)?.share).toEqual({ done: 8, all: 8 });
    }
    await Promise.all([lab.destroy(one.state, { name: "one" }), lab.destroy(two.state, { name: "two" })]);
    expect(await lab.cluster.shell(node, "ls /etc/pve/qemu-server | grep '^20' || true")).toBe("");
    expect(await lab.cluster.control.check()).toEqual([]);
  });
});

describe("a class of a hundred", () => {
  test("is made under sshd's defaults with one connection, as members of their pool", async () => {
    await createPool(lab.cluster.client, { poolid: "class" });
    const inputs = poolInputs(base, {
      count: 100,
      overcommit: true,
      vmids: { from: 20_000, to: 20_199 },
      pool: "class",
    });
    lab.cluster.control.resetCounters();
    const { state, unfinished } = await lab.bring(inputs);
    expect(unfinished).toBeUndefined();
    const { ssh, tasks, processes, requests } = lab.cluster.control.counters();
    expect(ssh["connections"]).toBe(1);
    expect(ssh["channels"]).toBeLessThanOrEqual(3);
    expect(tasks).toEqual({ qmcreate: 100 });
    expect(processes["qm"]).toBeUndefined();
    expect(requests["PUT /pools"] ?? requests["PUT /pools/{poolid}"]).toBe(1);
    expect(lab.diff(inputs, state).changes).toEqual([]);
  }, 120_000);
});

describe("templates of every kind", () => {
  test("with EFI variables, a TPM and two disks, one of them raw, become seats with versions of their own", async () => {
    const folder = "/var/lib/vz/images/400";
    const images = [
      `mkdir ${folder} && cd ${folder}`,
      "qemu-img create -q -f raw vm-400-disk-0.raw 1G && qemu-io -f raw -c 'write -P 5 0 64k' vm-400-disk-0.raw >/dev/null",
      "qemu-img create -q -f qcow2 vm-400-disk-1.qcow2 2G",
      "qemu-img create -q -f raw vm-400-disk-2.raw 528K && qemu-io -f raw -c 'write -P 6 0 4k' vm-400-disk-2.raw >/dev/null",
      "qemu-img create -q -f raw vm-400-disk-3.raw 4M && qemu-io -f raw -c 'write -P 7 0 4k' vm-400-disk-3.raw >/dev/null",
    ];
    await lab.cluster.shell(node, images.join(" && "));
    const lines = [
      "name: many",
      "memory: 512",
      "bios: ovmf",
      "scsi0: local:400/vm-400-disk-0.raw,size=1G",
      "scsi1: local:400/vm-400-disk-1.qcow2,size=2G",
      "efidisk0: local:400/vm-400-disk-2.raw,efitype=4m,size=528K",
      "tpmstate0: local:400/vm-400-disk-3.raw,size=4M,version=v2.0",
      "",
    ];
    await writeGuest(400, lines.join("\\n"));
    const many = await lab.generation({ ...local, source: 400, class: "many" }, { name: "many" });
    expect(many.disks.map(({ slot }) => slot)).toEqual(["efidisk0", "scsi0", "scsi1", "tpmstate0"]);
    const { state, unfinished } = await lab.bring(poolInputs(many, { roster: ["ada"] }));
    expect(unfinished).toBeUndefined();
    const config = await lab.cluster.shell(node, "cat /etc/pve/qemu-server/20000.conf");
    const fileIn = (slot: string) =>
      /[^/,]+(?=,)/.exec(
        new RegExp(`^${slot}: (.*)$`, "m").exec(config)?.[1]?.split("/").at(-1) ?? "",
      )?.[0] ?? "";
    const reads = (slot: string, pattern: number) =>
      lab.cluster.shell(
        node,
        `cd /var/lib/vz/images/20000 && f=${fileIn(slot)} && qemu-io -r -f \${f##*.} -c 'read -P ${pattern} 0 4k' $f`,
      );
    for (const [slot, pattern] of [
      ["scsi0", 5],
      ["efidisk0", 6],
      ["tpmstate0", 7],
    ] as const)
      expect(await reads(slot, pattern)).not.toContain("verification failed");
    expect(await lab.cluster.control.check()).toEqual([]);
    await lab.destroy(state);
    expect(await lab.cluster.control.check()).toEqual([]);
  });
});

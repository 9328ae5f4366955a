import type { BaseGenerationState, OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { readGuestConfig, startTask } from "@coppice/pve";
import { createdSeats } from "@coppice/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassLab, poolInputs } from "./class-lab.ts";
import { compareImages, seatFiles } from "./seat-files.ts";

const nas = "/mnt/pve/nas";
/** The template and a guest of somebody else inside the range: what no class may change. */
const theirs = 20_003;
// Bytes, dates, owners and modes, in which holes are skipped: a base is as long as the disk it carries.
const untouched =
  `cd ${nas}/images && tar --sparse --sort=name -cf - 9000 ${theirs} | sha256sum && ` +
  `cd /etc/pve/qemu-server && tar -cf - 9000.conf ${theirs}.conf | sha256sum`;
const cloudInit = {
  user: "student",
  sshKeys: ["ssh-ed25519 AAAA a@b"],
  address: { first: "10.0.0.10/24", gateway: "10.0.0.1" },
};

describe.each(["8.4", "9.2"] as const)("a class on Proxmox VE %s", (pve) => {
  let lab: ClassLab;
  let base: BaseGenerationState;

  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 3, pve });
    base = await lab.generation();
    await makeForeign(lab);
    await lab.cluster.control.save("fresh");
  });
  beforeEach(async () => {
    await lab.cluster.restore("fresh");
    await lab.cluster.reconnect();
    lab.cluster.control.resetCounters();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const expectSettled = async (inputs: OverlayPoolInputs, state: OverlayPoolState) => {
    expect(lab.diff(inputs, state).changes).toEqual([]);
    expect(lab.diff(inputs, await lab.read(state)).changes).toEqual([]);
    expect(await lab.cluster.control.check()).toEqual([]);
  };

  test.each(["overlay", "linked", "bulk"] as const)(
    "of 25 is made, grows, shrinks and leaves by '%s'",
    async (method) => {
      const inputs = poolInputs(base, { count: 25, method, cloudInit, hardware: { vga: "qxl" } });
      const before = await lab.cluster.shell("pve1", untouched);
      const { state, unfinished, context } = await lab.bring(inputs);
      expect(unfinished).toBeUndefined();
      expect(createdSeats(context.reports).sort()).toEqual(Object.keys(state.seats));
      expectFewCalls(lab, method);
      await expectSettled(inputs, state);
      await expectOwnIdentities(lab, state);
      await expectDisks(lab, state, method);
      const [most, least] = method === "overlay" ? [30, 20] : [26, 24];
      const more = await lab.bring({ ...inputs, count: most }, state);
      expect(Object.keys(more.state.seats).slice(0, 25)).toEqual(Object.keys(state.seats));
      const fewer = await lab.bring({ ...inputs, count: least }, more.state);
      expect(fewer.state.seats).toEqual(Object.fromEntries(Object.entries(state.seats).slice(0, least)));
      await expectSettled({ ...inputs, count: least }, fewer.state);
      await lab.destroy(fewer.state);
      expect(
        await lab.cluster.shell(
          "pve1",
          `ls -A ${nas}/images; ls /etc/pve/nodes/*/qemu-server | grep conf | sort`,
        ),
      ).toBe(`${theirs}\n9000\n${theirs}.conf\n9000.conf\n`);
      expect(await lab.cluster.shell("pve1", untouched)).toBe(before);
    },
    180_000,
  );

  test.each([
    ["by Proxmox's API", false, { qmdestroy: 1, qmcreate: 1 }],
    ["on its node, where the cluster allows bulk", true, { qmcreate: 1 }],
  ])(
    "a roster edit touches exactly the seats that it names, hardware changes in place, and a seat leaves %s",
    async (_, bulk, tasks) => {
      await lab.cluster.reconnect({ bulk });
      const inputs = poolInputs(base, { roster: ["ada", "grace", "hedy"] });
      const { state } = await lab.bring(inputs);
      lab.cluster.control.resetCounters();
      const hardware = { cores: 3, memory: "2GiB" } as const;
      const edited = { ...inputs, roster: ["ada", "hedy", "joan"], hardware };
      const { state: next } = await lab.bring(edited, state);
      expect(lab.cluster.control.counters().tasks).toEqual(tasks);
      expect(next.seats["ada"]).toEqual(state.seats["ada"]);
      expect(next.seats["hedy"]).toEqual(state.seats["hedy"]);
      const { values } = await readGuestConfig(lab.cluster.client, {
        node: "pve1",
        vmid: 20_000,
        ...state.seats["ada"],
      });
      expect([values["cores"], values["memory"]]).toEqual(["3", "2048"]);
      await expectSettled(edited, next);
    },
  );

  test("hardware of which nothing is said any more is the template's again", async () => {
    const { cores: _cores, ...config } = base.config;
    const inputs = poolInputs({ ...base, config }, { roster: ["ada"], nodes: ["pve1"] });
    const { state } = await lab.bring({ ...inputs, hardware: { cores: 3, vga: "none" } });
    const place = { node: "pve1", vmid: state.seats["ada"]?.vmid ?? 0 };
    expect((await readGuestConfig(lab.cluster.client, place)).values).toMatchObject({
      cores: "3",
      vga: "none",
    });
    const { state: next } = await lab.bring(inputs, state);
    const { values } = await readGuestConfig(lab.cluster.client, place);
    expect(values).toMatchObject({ vga: base.config["vga"] });
    expect(values).not.toHaveProperty("cores");
    await expectSettled(inputs, next);
  });

  test("a machine is the one that Proxmox's own linked clone is, but for what is its own", async () => {
    const { state } = await lab.bring(poolInputs(base, { roster: ["ada"], nodes: ["pve1"] }));
    const call = {
      method: "POST",
      path: "/nodes/{node}/qemu/{vmid}/clone",
      in: { node: "pve1", vmid: 9000 },
    } as const;
    await startTask(lab.cluster.client, {
      ...call,
      params: { newid: 500, name: "lab-ada" },
      reread: async () => "unclear",
    });
    const ours = await readGuestConfig(lab.cluster.client, {
      node: "pve1",
      vmid: state.seats["ada"]?.vmid ?? 0,
    });
    const clone = await readGuestConfig(lab.cluster.client, { node: "pve1", vmid: 500 });
    expect(likeness(ours.values)).toEqual(likeness(clone.values));
  });

  test("a seat that somebody moved is where it is, and nothing is to be done", async () => {
    const inputs = poolInputs(base, { roster: ["ada"], nodes: ["pve1", "pve2"] });
    const { state } = await lab.bring(inputs);
    const { vmid, node } = state.seats["ada"] ?? { vmid: 0, node: "" };
    const target = node === "pve1" ? "pve2" : "pve1";
    const call = { method: "POST", path: "/nodes/{node}/qemu/{vmid}/migrate", in: { node, vmid } } as const;
    await startTask(lab.cluster.client, { ...call, params: { target }, reread: async () => "unclear" });
    const found = await lab.read(state);
    expect(found.seats["ada"]).toEqual({ ...state.seats["ada"], node: target });
    expect(lab.diff(inputs, found).changes).toEqual([]);
    await lab.destroy(state);
    expect(await lab.cluster.control.check()).toEqual([]);
  });
});

/** A guest that is not the class's, with a disk that somebody wrote to. */
async function makeForeign({ cluster }: ClassLab): Promise<void> {
  const disk = `vm-${theirs}-disk-0.qcow2`;
  await cluster.shell(
    "pve1",
    `mkdir ${nas}/images/${theirs} && cd ${nas}/images/${theirs} && qemu-img create -q -f qcow2 ${disk} 1G && ` +
      `qemu-io -f qcow2 -c 'write -P 5 0 64k' ${disk} >/dev/null && ` +
      `printf 'name: theirs\\nmemory: 512\\nscsi0: nas:${theirs}/${disk},size=1G\\n' > /etc/pve/qemu-server/${theirs}.conf`,
  );
}

/** Without what every machine has of its own. */
function likeness(values: Readonly<Record<string, string>>): Record<string, string> {
  const own = new Set(["digest", "smbios1", "vmgenid", "description", "tags", "meta"]);
  const shared = Object.entries(values).filter(([key]) => !own.has(key));
  return Object.fromEntries(
    shared.map(([key, value]) => [
      key,
      value
        .replace(/,media=cdrom,size=4M$/, ",media=cdrom")
        .replace(/(?:20000|500)\b/g, "VMID")
        .replace(/(?:[0-9A-F]{2}:){5}[0-9A-F]{2}/, "MAC"),
    ]),
  );
}

function expectFewCalls({ cluster }: ClassLab, method: string): void {
  const { ssh, processes, tasks, requests } = cluster.control.counters();
  const polls = requests["GET /nodes/{node}/tasks/{upid}/status"] ?? 0;
  expect(ssh["connections"] ?? 0).toBeLessThanOrEqual(method === "linked" ? 0 : 3);
  expect(ssh["channels"] ?? 0).toBeLessThanOrEqual(method === "linked" ? 0 : 9);
  expect(processes["qm"] ?? 0).toBe(0);
  expect(tasks).toEqual(method === "linked" ? { qmclone: 25 } : { qmcreate: method === "bulk" ? 3 : 25 });
  expect(polls).toBeLessThanOrEqual(25 * 12);
}

async function expectOwnIdentities(lab: ClassLab, state: OverlayPoolState): Promise<void> {
  const places = Object.entries(state.seats);
  const configs = await Promise.all(
    places.map(([, place]) => readGuestConfig(lab.cluster.client, { node: place.node, vmid: place.vmid })),
  );
  expect(new Set(places.map(([, { mac }]) => mac)).size).toBe(places.length);
  expect(new Set(configs.map(({ values }) => values["smbios1"])).size).toBe(places.length);
  for (const [index, { values, name }] of configs.entries()) {
    const [seat, { mac }] = places[index] ?? ["", { mac: "" }];
    expect(name).toBe(`lab-${seat}`);
    expect(values["net0"]).toContain(mac);
    expect(values["ipconfig0"]).toBe(`ip=10.0.0.${10 + index}/24,gw=10.0.0.1`);
    expect(values["ciuser"]).toBe("student");
    expect(values["vga"]).toBe("qxl");
  }
}

async function expectDisks(lab: ClassLab, state: OverlayPoolState, method: string): Promise<void> {
  for (const { backing, allocated } of await seatFiles(lab, state, nas)) {
    expect(backing).toBe("../9000/base-9000-disk-0.qcow2");
    if (method !== "linked") expect(allocated).toBeLessThanOrEqual(16_384);
  }
  const [first] = Object.values(state.seats);
  const disk = `${nas}/images/${first?.vmid}/vm-${first?.vmid}-disk-0.qcow2`;
  expect(await compareImages(lab, "pve1", disk, `${nas}/images/9000/base-9000-disk-0.qcow2`)).toContain(
    "identical",
  );
}

import { findStrays, lookForStrays, ownershipMark, readRecordedStack, type Strays } from "@coppice/clusters";
import type { BaseGenerationState, OverlayPoolState } from "@coppice/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonValue } from "../../packages/core/src/properties.ts";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";
import { withoutShell } from "./linked-lab.ts";
import { typeLines } from "./pool-token.ts";

const node = "pve1";
const images = "/var/lib/vz/images";
const stack = "demo/dev";

let lab: ClassLab;
let base: BaseGenerationState;
let own: OverlayPoolState;
let others: OverlayPoolState;
const shell = (script: string) => lab.cluster.shell(node, script);

beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 1 });
  await shell("pveum pool add lab");
  base = await lab.generation({ storage: "local", nodes: [node] });
  const roster = ["ada", "grace", "joan"];
  own = (await lab.bring(poolInputs(base, { roster, pool: "lab" }))).state;
  const elsewhere = { class: "other", count: 2, vmids: { from: 21_000, to: 21_099 } };
  others = (await lab.bring(poolInputs(base, elsewhere), undefined, { stack: "prod", name: "other" })).state;
  await lab.cluster.control.save("classes");
}, 60_000);
beforeEach(async () => {
  await lab.cluster.restore("classes");
  await lab.cluster.reconnect();
});
afterAll(() => lab[Symbol.asyncDispose]());

/** A stack's state, as the engine exports it. */
function exported(pool: OverlayPoolState): JsonValue {
  const { urn } = lab.cluster.context("OverlayPool", "lab");
  const generation = lab.cluster.context("BaseGeneration", "lab");
  const resources = [
    { type: "pulumi:pulumi:Stack", urn: "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev" },
    { type: "coppice:index:OverlayPool", urn, outputs: pool },
    { type: "coppice:index:BaseGeneration", urn: generation.urn, outputs: base },
  ];
  // What JSON gives is JSON.
  return JSON.parse(JSON.stringify({ version: 3, deployment: { resources } })) as JsonValue;
}

async function find(pool = own): Promise<Strays> {
  const stacks = [readRecordedStack(exported(pool), { stack, cluster: "main" })];
  await lab.cluster.control.tellStatus();
  return findStrays(stacks, await lookForStrays(lab.cluster.connection, stacks));
}

/** A copy of a seat's overlay at another number: it stands on the class's generation. */
async function plantOverlay(vmid: number, file = `vm-${vmid}-disk-0.qcow2`): Promise<void> {
  const ada = placeOf(own, "ada").vmid;
  await shell(
    `mkdir -p ${images}/${vmid} && cp ${images}/${ada}/vm-${ada}-disk-0.qcow2 ${images}/${vmid}/${file}`,
  );
}

/** What a test compares: kinds with numbers. */
const brief = ({ strays }: Strays) => strays.map(({ kind, details }) => `${kind} ${details["vmid"]}`).sort();

describe.each([
  ["over SSH", true],
  ["by the API alone", false],
])("looked for %s", (_, hasSsh) => {
  beforeEach(async () => {
    if (!hasSsh) await withoutShell(lab);
  });

  test("a healthy class has no strays, and machines of a stack that was not given are named as its own", async () => {
    const vmids = Object.values(others.seats).map(({ vmid }) => vmid);
    expect(await find()).toEqual({ strays: [], others: [{ stack: "demo/prod", vmids }], unseen: [] });
  });

  test("a machine without state, a state without machine and a stray volume are found, and left as they are", async () => {
    const { joan: _, ...seats } = own.seats;
    const [grace, joan] = [placeOf(own, "grace").vmid, placeOf(own, "joan").vmid];
    await shell(`qm destroy ${grace} --purge`);
    await plantOverlay(20_050);
    const before = await shell(`ls -R ${images} /etc/pve/qemu-server && cat /etc/pve/qemu-server/*.conf`);
    const found = await find({ ...own, seats });
    expect(brief(found)).toEqual([`machine ${joan}`, `state ${grace}`, "volume 20050"]);
    expect(found.unseen).toEqual([]);
    expect(await shell(`ls -R ${images} /etc/pve/qemu-server && cat /etc/pve/qemu-server/*.conf`)).toBe(
      before,
    );
  });
});

test("what each one is, why it matters and what mends it is said", async () => {
  const { joan: _, ...seats } = own.seats;
  const { strays } = await find({ ...own, seats });
  expect(strays).toEqual([
    {
      kind: "machine",
      what: "Machine 20002 'lab-joan' on pve1 carries the mark of 'joan' of class 'lab', and the state of demo/dev has no machine for it",
      why: expect.stringContaining("A run that was cut off left it"),
      mend: expect.stringContaining("`coppice pulumi up --stack dev` in the project 'demo'"),
      details: { vmid: 20_002, node, stack, class: "lab", seat: "joan" },
    },
  ]);
});

test("the run that is named mends it", async () => {
  const { joan: _, ...seats } = own.seats;
  const roster = ["ada", "grace"];
  const cut = { ...own, roster, seats };
  expect(brief(await find(cut))).toEqual(["machine 20002"]);
  const { state } = await lab.bring(poolInputs(base, { roster, pool: "lab" }), { ...cut, roster: ["ada"] });
  expect(await find(state)).toMatchObject({ strays: [] });
});

describe("also found are", () => {
  test("a copy of a seat that somebody made, and tags that no notes confirm", async () => {
    await shell("qm clone 20000 300 --full 1 && qm create 301 --tags coppice");
    const found = await find();
    expect(brief(found)).toEqual(["mark 300", "mark 301"]);
    expect(found.strays[0]?.what).toContain("carries the mark of seat 'ada' of class 'lab'");
    await shell("qm set 300 --delete tags,description && qm set 301 --delete tags");
    expect((await find()).strays).toEqual([]);
  });

  test("a recorded number that another machine has", async () => {
    await shell("qm destroy 20000 --purge && qm create 20000 --name theirs");
    const { strays } = await find();
    expect(strays.map(({ what }) => what)).toEqual([
      "Machine 20000 of seat 'ada' of class 'lab' in the state of demo/dev is another one now: machine 20000 'theirs' on pve1 does not carry its mark",
    ]);
  });

  test("a machine whose class is in no state of its stack", async () => {
    const stacks = [{ name: "demo/prod", classes: [], generations: [], isOpen: false }];
    const { strays } = findStrays(stacks, await lookForStrays(lab.cluster.connection, stacks));
    expect(strays.map(({ kind, details }) => `${kind} ${details["vmid"]}`)).toEqual(
      Object.values(others.seats).map(({ vmid }) => `machine ${vmid}`),
    );
    expect(strays[0]?.mend).toContain("`qm destroy 21000 --purge`");
  });

  test("a disk that its machine does not name, which Proxmox's own scan names again", async () => {
    await plantOverlay(20_000, "vm-20000-disk-7.qcow2");
    const found = await find();
    expect(brief(found)).toEqual(["volume 20000"]);
    expect(found.strays[0]?.mend).toContain("`qm disk rescan --vmid 20000` on pve1");
    await shell("qm disk rescan --vmid 20000");
    expect((await find()).strays).toEqual([]);
  });

  test("folders that are empty, or marked by a run that was cut off, and none of somebody else's template", async () => {
    const mark = ownershipMark(lab.cluster.context("OverlayPool", "lab").urn);
    await shell(`mkdir ${images}/20060 ${images}/20061 ${images}/20062 ${images}/500`);
    await shell(`touch ${images}/20061/.coppice-${mark}`);
    await shell(
      `cd ${images}/500 && qemu-img create -q -f qcow2 base-500-disk-0.qcow2 1M && cd ../20062 && qemu-img create -q -f qcow2 -F qcow2 -b ../500/base-500-disk-0.qcow2 vm-20062-disk-0.qcow2`,
    );
    const found = await find();
    expect(brief(found)).toEqual(["volume 20060", "volume 20061"]);
    expect(found.strays[1]?.mend).toContain("its next run takes them away");
  });

  test("a number that its pool, or a right, still names, and a seat that left its pool", async () => {
    await shell("pvesh set /pools/lab --vms 20001 --delete 1");
    await shell(
      "rm /etc/pve/qemu-server/20002.conf && pveum user add ada@pve && pveum acl modify /vms/20070 --users ada@pve --roles PVEVMUser",
    );
    const { strays } = await find();
    expect(strays.map(({ what }) => what).filter((what) => /pool|right/.test(what))).toEqual([
      "Machine 20001 of seat 'grace' of class 'lab' is no member of pool 'lab'",
      "Number 20070 has no machine, and rights are given on /vms/20070",
      "Number 20002 has no machine, and pool 'lab' has it as a member",
    ]);
  });

  test("a retired generation on which nobody stands any more, and none on which somebody does", async () => {
    await lab.removeGeneration(base);
    const template = Object.values(base.copies)[0]?.vmid ?? 0;
    expect(await withoutGeneration()).toEqual([]);
    await shell("qm destroy 20000; qm destroy 20001; qm destroy 20002; qm destroy 21000; qm destroy 21001");
    expect(await withoutGeneration()).toEqual([expect.stringContaining(`Template ${template}`)]);
  });
});

/** The templates that are found when the generation's resource is in no state any more. */
async function withoutGeneration(): Promise<string[]> {
  const stacks = [readRecordedStack(exported(own), { stack, cluster: "main" })].map((each) => ({
    ...each,
    generations: [],
  }));
  await lab.cluster.control.tellStatus();
  const { strays } = findStrays(stacks, await lookForStrays(lab.cluster.connection, stacks));
  return strays.flatMap(({ kind, what }) => (kind === "generation" ? [what] : []));
}

describe("what cannot be looked at is said, and counts as nothing", () => {
  test("machines that a token does not see", async () => {
    const lines =
      "pveum user add blind@pve; pveum acl modify /storage --users blind@pve --roles PVEDatastoreAdmin; pveum user token add blind@pve classes --privsep 0";
    const token = await typeLines(lab, lines, "blind");
    await lab.cluster.reconnect({ token });
    const { strays, unseen } = await find();
    expect(strays).toEqual([]);
    expect(unseen.join()).toContain("have the numbers 20000, 20001, 20002, 20099");
  });

  test("a node that SSH does not reach", async () => {
    lab.cluster.control.faults.add({ effect: { kind: "ssh-refused" } });
    const { strays, unseen } = await find();
    expect(strays).toEqual([]);
    expect(unseen.join("\n")).toMatch(/Storage 'local' was not looked at on pve1: .*\nMembers of pools/s);
  });
});

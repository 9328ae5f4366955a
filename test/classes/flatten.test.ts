import { flattenMachine, lookAtMachine, planFlatten, type StepHook } from "@coppice/clusters";
import { type BaseGenerationState, CoppiceError, type OverlayPoolState, systemClock } from "@coppice/core";
import { powerGuest } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassLab, poolInputs } from "./class-lab.ts";
import { source, startLinkedLab, thinPlace } from "./linked-lab.ts";

const node = "pve1";
const images = "/var/lib/vz/images";
const vmid = 20_000;

let lab: ClassLab;
let base: BaseGenerationState;
let own: OverlayPoolState;
const shell = (script: string) => lab.cluster.shell(node, script);
const configured = () => shell(`cat /etc/pve/qemu-server/${vmid}.conf`);

beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 1 });
  base = await lab.generation({ storage: "local", nodes: [node] });
  own = (await lab.bring(poolInputs(base, { roster: ["ada", "grace"] }))).state;
  // What a student wrote, and what the seat had before that, outside of every storage.
  await shell(
    `cd ${images}/${vmid} && qemu-io -f qcow2 -c 'write -P 7 1M 300k' vm-${vmid}-disk-0.qcow2 && qemu-img convert -O raw vm-${vmid}-disk-0.qcow2 /root/before.raw && cp --sparse=always ${baseFile()} /root/base.qcow2`,
  );
  await lab.cluster.control.save("class");
}, 60_000);
beforeEach(async () => {
  await lab.cluster.restore("class");
  await lab.cluster.reconnect();
});
afterAll(() => lab[Symbol.asyncDispose]());

/** Takes the machine out of its base, as the command does. */
async function flatten(
  storage?: string,
  hook?: StepHook,
  signal = new AbortController().signal,
): Promise<string[]> {
  const cluster = lab.cluster.connection;
  const plan = planFlatten(await lookAtMachine(cluster, vmid, storage), storage);
  const told: string[] = [];
  const context = { signal, clock: systemClock, report: () => undefined };
  const tell = (words: string) => void told.push(words);
  await flattenMachine({ cluster, context, tell, ...(hook && { hook }) }, plan);
  return told;
}

async function refused(storage?: string): Promise<string> {
  const refusal: unknown = await flatten(storage).catch((error: unknown) => error);
  if (CoppiceError.is(refusal) && refusal.code === "overlay.refused") return refusal.sentence;
  throw refusal;
}

/** What tells that somebody wrote to a file of a template, or changed its configuration; and that it reads as before. */
const templates = () =>
  shell(
    `cd ${images} && stat -c '%n %i %s %b %y' $(find . -name 'base-*') && cat $(grep -l '^template: 1' /etc/pve/qemu-server/*) && qemu-img compare /root/base.qcow2 ${baseFile()}`,
  );

function baseFile(): string {
  const [copy] = Object.values(base.copies);
  return `${images}/${copy?.vmid}/${copy?.files["scsi0"]}`;
}

interface Image {
  readonly "full-backing-filename"?: string;
  readonly format: string;
}

/** The disk that the machine has now: its image, and whether it reads as before. */
async function diskNow(): Promise<Image & { readonly same: string }> {
  const file = `$(pvesm path $(sed -n 's/^scsi0: \\([^,]*\\).*/\\1/p' /etc/pve/qemu-server/${vmid}.conf))`;
  // qemu-img's own format (qapi/block-core.json, ImageInfo).
  const image = JSON.parse(await shell(`qemu-img info --output=json ${file}`)) as Image;
  return { ...image, same: await shell(`qemu-img compare ${file} /root/before.raw`) };
}

describe.each([
  ["where it is", undefined, "local"],
  ["to another storage", "nas", "nas"],
])("a machine that leaves its base %s", (_, wished, storage) => {
  test("reads as before, on no other file, and nothing of the base or of other seats has changed", async () => {
    const before = await templates();
    const others = await shell(`sha256sum ${images}/20001/*`);
    await flatten(wished);
    const disk = await diskNow();
    expect(disk).toMatchObject({ format: "qcow2", same: "Images are identical.\n" });
    expect(disk["full-backing-filename"]).toBeUndefined();
    expect(await configured()).toMatch(
      new RegExp(`^scsi0: ${storage}:${vmid}/vm-${vmid}-disk-\\d\\.qcow2`, "m"),
    );
    expect(await configured()).not.toMatch(/base-|^unused/m);
    expect([await templates(), await shell(`sha256sum ${images}/20001/*`)]).toEqual([before, others]);
    expect(await lab.cluster.control.check()).toEqual([]);
  });
});

test("a class goes on with a seat that left its base: nothing to change, none drifted, the other as it was", async () => {
  await flatten();
  const inputs = poolInputs(base, { roster: ["ada", "grace"] });
  const read = await lab.read(own);
  expect(read.exceptions ?? {}).toEqual({});
  expect(lab.diff(inputs, read).changes).toEqual([]);
  const { state, unfinished } = await lab.bring(
    poolInputs(base, { roster: ["ada", "grace"], tags: ["x"] }),
    read,
  );
  expect([unfinished, await diskNow()]).toMatchObject([undefined, { same: "Images are identical.\n" }]);
  await lab.destroy(state);
  expect(await shell(`ls ${images} | grep '^2000[01]' || true`)).toBe("");
});

test("what it takes, and what its user has to know, is said before", async () => {
  const machine = await lookAtMachine(lab.cluster.connection, vmid, undefined);
  const { disks, needs, warnings } = planFlatten(machine, undefined);
  const size = disks[0]?.size ?? 0;
  expect(disks).toMatchObject([
    { slot: "scsi0", base: Object.values(base.copies)[0]?.vmid, isSameStorage: true },
  ]);
  expect(needs).toMatchObject([{ storage: "local", bytes: 2 * size }]);
  expect(warnings.join()).toContain("It is seat 'ada' of a class of demo/dev");
  const full = new Map([["local", { type: "dir", hasFiles: true, shared: false, free: size }]]);
  expect(() => planFlatten({ ...machine, storages: full }, undefined)).toThrow(
    /and storage 'local' has .* free/,
  );
  const blocks = new Map([["local", { type: "zfspool", hasFiles: false, shared: false, free: size }]]);
  const refusal = /whose disks are no files\. Name another storage by --storage/;
  expect(() => planFlatten({ ...machine, storages: blocks }, undefined)).toThrow(refusal);
});

describe("refused, with nothing changed, is", () => {
  const cases: readonly (readonly [what: string, script: string, why: RegExp])[] = [
    [
      "one with snapshots",
      `qm snapshot ${vmid} before`,
      /it has snapshots \(before\).*`qm delsnapshot 20000/,
    ],
    ["one that is locked", `qm set ${vmid} --lock backup`, /it is locked \(backup\)/],
    ["one that is protected", `qm set ${vmid} --protection 1`, /--protection 0/],
    ["one that is not there", `qm destroy ${vmid}`, /the token sees no machine of that number/],
  ];
  test.each(cases)("%s", async (_, script, why) => {
    await shell(script);
    const before = await shell(`ls -R ${images}`);
    expect(await refused()).toMatch(why);
    expect(await shell(`ls -R ${images}`)).toBe(before);
  });

  test("one that runs", async () => {
    await powerGuest(lab.cluster.client, { node, vmid }, "start");
    expect(await refused()).toMatch(/it runs\. Shut it down first: `qm shutdown 20000`/);
  });

  test("a storage that is not there, and a machine that stands on nothing", async () => {
    await expect(flatten("nowhere")).rejects.toThrow(/The storage 'nowhere'/);
    await flatten();
    expect(await refused()).toMatch(/none of its disks stands on a template/);
  });
});

describe("what remains is named where it ends between two steps, and what is named mends it:", () => {
  /** Ctrl-C after so many copies. */
  function stoppedAfter(copies: number): { hook: StepHook; signal: AbortSignal } {
    const abort = new AbortController();
    let count = 0;
    const before = () => Promise.resolve();
    const after = async (name: string) => {
      if (name.startsWith("copy") && ++count === copies)
        abort.abort(new CoppiceError("provider.interrupted", { what: "Stopped before it was done" }));
    };
    return { hook: { before, after }, signal: abort.signal };
  }

  test.each([1, 2])("after %i copies", async (copies) => {
    const { hook, signal } = stoppedAfter(copies);
    const failure: unknown = await flatten(undefined, hook, signal).catch((error: unknown) => error);
    if (!CoppiceError.is(failure)) throw failure;
    expect([failure.code, (await diskNow()).same]).toEqual(["overlay.left", "Images are identical.\n"]);
    const commands = [...failure.sentence.matchAll(/`(qm [^`]*)`/g)].map(([, command = ""]) => command);
    expect(commands).toHaveLength(copies === 1 ? 2 : 1);
    for (const command of commands) await shell(command);
    const { format, same, ...image } = await diskNow();
    expect([format, same, image["full-backing-filename"]]).toEqual([
      "qcow2",
      "Images are identical.\n",
      undefined,
    ]);
    expect(await configured()).not.toMatch(/base-/);
  });

  test("a copy that Proxmox breaks off", async () => {
    lab.cluster.control.faults.add({
      match: { task: "qmmove" },
      effect: { kind: "failed-task", text: "storage migration failed: no space" },
    });
    const failure: unknown = await flatten().catch((error: unknown) => error);
    expect(String(failure)).toMatch(/scsi0 stands on template \d+ as before: run the command again/);
    lab.cluster.control.faults.clear();
    await flatten();
    expect((await diskNow()).same).toBe("Images are identical.\n");
  });
});

test("a clone on LVM-thin holds its blocks itself, so that nothing is to be copied", async () => {
  await using thin = await startLinkedLab(thinPlace, "9.2");
  const { cluster } = thin;
  await cluster.shell(node, `qm clone ${source} 30000 --full 0`);
  const plan = async () => planFlatten(await lookAtMachine(cluster.connection, 30_000, undefined), undefined);
  await expect(plan()).rejects.toThrow(/none of its disks stands on a template/);
});

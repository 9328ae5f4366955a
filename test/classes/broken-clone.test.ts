import type { BaseGenerationState } from "@coppice/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";
import { withoutShell } from "./linked-lab.ts";

const node = "pve1";
const local = { storage: "local", nodes: [node] };
const folder = "/etc/pve/qemu-server";

let lab: ClassLab;
let base: BaseGenerationState;

beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 1 });
  base = await lab.generation(local);
  await lab.cluster.control.save("fresh");
});
beforeEach(async () => {
  await lab.cluster.restore("fresh");
  await lab.cluster.reconnect();
});
afterAll(() => lab[Symbol.asyncDispose]());

/** What a clone's worker writes first (qemu-server 9.2.6, clone_vm). */
const nameless = "# qmclone temporary file\\nlock: clone\\n";
const write = (vmid: number, text: string) =>
  lab.cluster.shell(node, `printf '${text}' > ${folder}/${vmid}.conf`);
const byHand = (vmid: number) => `on pve1: qm unlock ${vmid} && qm destroy ${vmid}`;
const inputs = () => poolInputs(base, { roster: ["ada", "grace"], method: "linked" });
/** Makes a class whose first seat looks as if its worker had been killed after the first disk. */
const breakOff = async (vmid: number) => {
  await lab.cluster.shell(
    node,
    `sed -i -e '/^tags:/d' -e '$a protection: 1' -e '$a lock: clone' ${folder}/${vmid}.conf`,
  );
};

describe("a linked clone whose worker was killed", () => {
  test("is removed by its notes in the next run, lock, disk and all, and made anew", async () => {
    const first = await lab.bring(inputs());
    await breakOff(20_000);
    const grace = placeOf(first.state, "grace");
    const again = await lab.bring(inputs(), { ...first.state, seats: { grace } });
    expect(again.unfinished).toBeUndefined();
    expect(again.state.seats["grace"]).toEqual(grace);
    expect(await lab.cluster.control.check()).toEqual([]);
    expect(await lab.cluster.shell(node, `ls ${folder} | grep -c ^20`)).toBe("3\n");
  });

  test("is named with the way out where only root may take its lock off", async () => {
    await lab.bring(inputs());
    await breakOff(20_000);
    await withoutShell(lab);
    const { unfinished } = await lab.bring(inputs());
    expect(unfinished?.map(({ reason }) => reason)).toEqual([expect.stringContaining(byHand(20_000))]);
  });

  test("is left alone while nothing tells whose it was: its number is skipped and named", async () => {
    await write(20_000, nameless);
    const { state, context, unfinished } = await lab.bring(inputs());
    expect(unfinished).toBeUndefined();
    expect(Object.values(state.seats).map(({ vmid }) => vmid)).toEqual([20_001, 20_002]);
    expect(context.warnings.join()).toContain(byHand(20_000));
    expect(await lab.cluster.shell(node, `cat ${folder}/20000.conf`)).toContain("qmclone temporary file");
  });
});

describe("a copy of a generation whose clone was killed", () => {
  const publish = { ...local, number: 2 };

  test("is removed by its notes in the next run, and made anew", async () => {
    const second = await lab.generation(publish);
    const vmid = second.copies[node]?.vmid ?? 0;
    await lab.cluster.shell(node, `sed -i -e '/^template:/d' -e '$a lock: clone' ${folder}/${vmid}.conf`);
    const again = await lab.generation(publish);
    expect(again.copies[node]?.vmid).not.toBe(vmid);
    expect(await lab.cluster.shell(node, `ls ${folder}`)).not.toContain(String(vmid));
    expect(await lab.cluster.control.check()).toEqual([]);
  });

  test("is found although the list still shows the name that the number's former guest had", async () => {
    const { state } = await lab.bring(inputs());
    await write(20_098, "name: lab-generation-7\\n");
    await lab.cluster.control.tellStatus();
    await lab.cluster.shell(node, `rm ${folder}/20098.conf`);
    const fromSeat = { ...publish, source: placeOf(state, "ada").vmid };
    const after = async () => {
      throw new Error("the process died");
    };
    const dying = lab.generation(fromSeat, { hook: { before: async () => undefined, after } });
    await expect(dying).rejects.toThrow("the process died");
    const { copies } = await lab.generation(fromSeat);
    expect(copies[node]?.vmid).toBe(20_097);
    expect(await lab.cluster.shell(node, `ls ${folder}`)).not.toContain("20098");
  });

  test("is left alone while nothing tells whose it was: another number is taken, and that one named", async () => {
    await write(20_098, nameless);
    const { copies } = await lab.generation(publish);
    expect(copies[node]?.vmid).toBe(20_097);
    expect(await lab.cluster.shell(node, `cat ${folder}/20098.conf`)).toContain("qmclone temporary file");
  });
});

describe("a machine that comes late, sent off by a run that died", () => {
  test.each(["overlay", "linked", "bulk"] as const)(
    "is the seat that it says it is, and none is made twice by '%s'",
    async (method) => {
      const wanted = { ...inputs(), method };
      const first = await lab.bring(wanted);
      const late = await lab.cluster.shell(node, `cat ${folder}/20000.conf`);
      await lab.destroy(first.state);
      let isHere = false;
      const before = async (step: string) => {
        if (isHere || !step.startsWith("create ")) return;
        isHere = true;
        await lab.cluster.shell(node, `cat > ${folder}/20000.conf <<'EOF'\n${late}EOF`);
      };
      const { state, unfinished } = await lab.bring(wanted, undefined, {
        hook: { before, after: async () => undefined },
      });
      expect([isHere, unfinished]).toEqual([true, undefined]);
      expect(state.seats["ada"]?.vmid).toBe(20_000);
      expect(await lab.cluster.shell(node, `ls ${folder} | grep -c ^20`)).toBe("3\n");
    },
  );
});

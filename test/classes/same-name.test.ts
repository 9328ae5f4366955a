import type { BaseGenerationState, OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";
import { compareImages } from "./seat-files.ts";

const node = "pve1";
const images = "/var/lib/vz/images";
const stacks = ["monday", "tuesday"] as const;
const publish = { policy: "reset", running: "stop", undoFor: "1h" } as const;

/** A class with its generation, in a stack of its own. */
interface Deployed {
  readonly stack: string;
  readonly base: BaseGenerationState;
  readonly inputs: OverlayPoolInputs;
  readonly state: OverlayPoolState;
}

let lab: ClassLab;
let monday: Deployed;
let tuesday: Deployed;

async function deploy(stack: string): Promise<Deployed> {
  const base = await lab.generation({ storage: "local", nodes: [node] }, { stack });
  const inputs = poolInputs(base, { roster: ["ada", "grace"] });
  const { state } = await lab.bring(inputs, undefined, { stack });
  return { stack, base, inputs, state };
}

beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 1 });
  // Both at once, with everything the same but the stack: class, number, template, range.
  [monday, tuesday] = await Promise.all([deploy(stacks[0]), deploy(stacks[1])]);
});
afterAll(() => lab[Symbol.asyncDispose]());

const copyOf = ({ base }: Deployed) => base.copies[node]?.vmid ?? 0;
const vmidsOf = (each: Deployed) => [
  copyOf(each),
  ...Object.values(each.state.seats).map(({ vmid }) => vmid),
];
/** Every byte, date and owner of what a class consists of; holes are skipped. */
const sumOf = (each: Deployed) => {
  const vmids = vmidsOf(each);
  const confs = vmids.map((vmid) => `${vmid}.conf`).join(" ");
  return lab.cluster.shell(
    node,
    `cd ${images} && tar --sparse --sort=name -cf - ${vmids.join(" ")} | sha256sum && ` +
      `cd /etc/pve/qemu-server && tar -cf - ${confs} | sha256sum`,
  );
};

describe("two classes of one name in two stacks", () => {
  test("have numbers and bases of their own, and a third one takes nothing of theirs", async () => {
    const before = [await sumOf(monday), await sumOf(tuesday)];
    const third = await deploy("wednesday");
    const all = [monday, tuesday, third].flatMap(vmidsOf);
    expect(new Set(all).size).toBe(9);
    await lab.destroy(third.state, { stack: third.stack });
    await lab.removeGeneration(third.base, { stack: third.stack });
    expect([await sumOf(monday), await sumOf(tuesday)]).toEqual(before);
  });

  test("publish apart: the other's base and seats stay as they are, byte for byte", async () => {
    const before = await sumOf(tuesday);
    const { vmid } = placeOf(monday.state, "ada");
    const disk = `${images}/${vmid}/vm-${vmid}-disk-0.qcow2`;
    await lab.cluster.shell(node, `qemu-io -f qcow2 -c 'write -P 7 1M 64k' ${disk} >/dev/null`);
    const { stack } = monday;
    const base = await lab.generation(
      { storage: "local", nodes: [node], number: 2, source: vmid },
      { stack },
    );
    const inputs = { ...monday.inputs, base: poolInputs(base).base, publish };
    const { state, unfinished } = await lab.bring(inputs, monday.state, { stack });
    expect(unfinished).toBeUndefined();
    await expect(
      compareImages(lab, node, `${images}/${copyOf(tuesday)}/base-${copyOf(tuesday)}-disk-0.qcow2`, disk),
    ).rejects.toThrow("ended with 1");
    monday = { ...monday, inputs, state };
    expect(await sumOf(tuesday)).toBe(before);
  });

  test("leave apart: what the other has stays, and is removed by its own stack alone", async () => {
    const before = await sumOf(tuesday);
    const untouched = await sumOf(monday);
    await lab.removeGeneration(monday.base, { stack: tuesday.stack });
    expect(await sumOf(monday)).toBe(untouched);
    await lab.destroy(monday.state, { stack: monday.stack });
    await lab.removeGeneration(monday.base, { stack: monday.stack });
    expect(await sumOf(tuesday)).toBe(before);
    await lab.destroy(tuesday.state, { stack: tuesday.stack });
    await lab.removeGeneration(tuesday.base, { stack: tuesday.stack });
  });
});

import { readGuestConfig } from "@coppice/pve";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recorder, troubleAt, troubles } from "./crash-faults.ts";
import { PoolLab } from "./pool-lab.ts";

const inputs = { storage: "local", nodes: ["pve1", "pve2"], number: 2 };

let lab: PoolLab;
beforeAll(async () => {
  lab = await PoolLab.start({ nodes: 3 });
  await lab.cluster.control.save("fresh");
});
afterAll(() => lab[Symbol.asyncDispose]());

/** One finished template on each node, and nothing else. */
async function assertWell(copies: Readonly<Record<string, { vmid: number }>>): Promise<void> {
  expect(Object.keys(copies)).toEqual(inputs.nodes);
  for (const [node, { vmid }] of Object.entries(copies)) {
    const config = await readGuestConfig(lab.cluster.client, { node, vmid });
    expect([config.template, config.protected, config.lock]).toEqual([true, true, undefined]);
  }
  const guests = await lab.cluster.shell("pve1", "ls /etc/pve/nodes/*/qemu-server | grep '^20'");
  expect(guests.trim().split("\n")).toHaveLength(2);
  expect(await lab.cluster.control.check()).toEqual([]);
}

describe("a generation with a copy on each node", () => {
  test("is made again after whatever happened at whichever step", async () => {
    const steps: string[] = [];
    await assertWell((await lab.generation(inputs, { hook: recorder(steps) })).copies);
    const cases = steps.flatMap((step) =>
      troubles
        .filter(({ strikes }) => strikes?.test(step) ?? true)
        .flatMap((trouble) => trouble.at.map((phase) => ({ step, trouble, phase }))),
    );
    const problems: string[] = [];
    for (const { step, trouble, phase } of cases) {
      await lab.cluster.restore("fresh");
      await lab.cluster.reconnect();
      await lab.generation(inputs, { hook: troubleAt(lab, trouble, step, phase) }).catch(() => undefined);
      lab.cluster.control.faults.clear();
      lab.cluster.control.setNode("pve2", { online: true });
      lab.cluster.control.expectVotes(undefined);
      await lab
        .generation(inputs)
        .then(({ copies }) => assertWell(copies))
        .catch((error: Error) =>
          problems.push(`${trouble.name} ${phase} '${step}': ${error.message.slice(0, 400)}`),
        );
    }
    console.log(`crash matrix of a generation: ${cases.length} cases`);
    expect(problems).toEqual([]);
  }, 240_000);

  test("leaves nothing when it is removed", async () => {
    await lab.cluster.restore("fresh");
    await lab.removeGeneration(await lab.generation(inputs));
    expect(await lab.cluster.shell("pve1", "ls /etc/pve/nodes/*/qemu-server | grep '^20' || true")).toBe("");
    expect(await lab.cluster.control.check()).toEqual([]);
  });
});

import { expect, test } from "vitest";
import { ClassLab, poolInputs } from "./class-lab.ts";

const node = "pve1";

test("where somebody takes the number of the machine that the others are copied from, the next one is copied", async () => {
  await using lab = await ClassLab.start({ nodes: 1 });
  const base = await lab.generation({ storage: "local", nodes: [node] });
  let isTaken = false;
  const hook = {
    before: async (step: string) => {
      if (isTaken || !step.startsWith("create ")) return;
      isTaken = true;
      await lab.cluster.shell(node, `echo 'name: theirs' > /etc/pve/nodes/${node}/qemu-server/20000.conf`);
    },
    after: async () => undefined,
  };
  const inputs = poolInputs(base, { count: 3, method: "bulk" });
  const { state, unfinished } = await lab.bring(inputs, undefined, { hook });
  expect(unfinished).toBeUndefined();
  expect(Object.values(state.seats).map(({ vmid }) => vmid)).not.toContain(20_000);
  // The disk that was made for that number goes with the next run.
  await lab.bring({ ...inputs, count: 4 }, state);
  expect(await lab.cluster.control.check()).toEqual([]);
  const theirs = await lab.cluster.shell(node, `cat /etc/pve/nodes/${node}/qemu-server/20000.conf`);
  expect(theirs).toBe("name: theirs\n");
});

import { startTask } from "@coppice/pve";
import { expect, test } from "vitest";
import { poolInputs } from "./class-lab.ts";
import { DiskView, source, startLinkedLab, thinPlace } from "./linked-lab.ts";
import { classWithoutShell } from "./linked-story.ts";

classWithoutShell(thinPlace);

test("a template on LVM-thin is its class's first generation where it lies, and outlives the class", async () => {
  await using lab = await startLinkedLab(thinPlace, "9.2");
  const view = new DiskView(lab, thinPlace);
  const place = { storage: thinPlace.storage, nodes: ["pve1"] };
  const first = await lab.generation({ ...place, source });
  expect(first.owned).toBe(false);
  const inputs = poolInputs(first, { roster: ["ada"], nodes: ["pve1"], method: "auto" });
  const { state } = await lab.bring(inputs);
  await view.write(state, "ada", 9);
  const { state: reset } = await lab.bring({ ...inputs, reset: { ada: "a" } }, state);
  expect(await view.compare(reset, "ada", first)).toBe("Images are identical.");
  await lab.destroy(reset);
  await lab.removeGeneration(first);
  expect(await view.guests()).toEqual([]);
  expect(lab.cluster.control.counters().ssh).toEqual({});
  expect(await lab.cluster.control.check()).toEqual([]);
});

test("a seat that somebody moved to where its generation is not can be changed, but not be reset", async () => {
  await using lab = await startLinkedLab(thinPlace, "8.4");
  const first = await lab.generation({ storage: thinPlace.storage, nodes: ["pve1"], source });
  const inputs = poolInputs(first, { roster: ["ada", "grace"], nodes: ["pve1"], method: "auto" });
  const { state } = await lab.bring(inputs);
  const vmid = state.seats["ada"]?.vmid ?? 0;
  await startTask(lab.cluster.client, {
    method: "POST",
    path: "/nodes/{node}/qemu/{vmid}/migrate",
    in: { node: "pve1", vmid },
    params: { target: "pve2" },
    reread: async () => "unclear",
  });
  const changed = await lab.bring({ ...inputs, hardware: { cores: 2 } }, state);
  expect(changed.unfinished).toBeUndefined();
  const resetting = { ...inputs, hardware: { cores: 2 }, reset: { ada: "a", grace: "a" } };
  const { unfinished } = await lab.bring(resetting, changed.state);
  expect(unfinished?.map(({ item }) => item)).toEqual(["ada"]);
  expect(unfinished?.[0]?.reason).toMatch(
    /'pve2' cannot stand on generation 1: only pve1 have a copy.*or move the seat back/,
  );
  expect(await lab.cluster.control.check()).toEqual([]);
});

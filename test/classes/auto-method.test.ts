import { expect, test } from "vitest";
import { ClassLab, poolInputs } from "./class-lab.ts";

test("'auto' takes bulk while the cluster allows it, then overlays for new seats, and leaves the others alone", async () => {
  await using lab = await ClassLab.start({ nodes: 1 });
  const base = await lab.generation();
  const inputs = poolInputs(base, { count: 3, method: "auto" });
  const previewed = async (count: number, state?: Awaited<ReturnType<ClassLab["bring"]>>["state"]) =>
    (await lab.preview({ ...inputs, count }, state)).context.told;
  expect(await previewed(3)).toContain("Machines are made by 'bulk': cluster 'main' allows it.");
  lab.cluster.control.resetCounters();
  const { state } = await lab.bring(inputs);
  expect(state.madeBy).toBe("bulk");
  expect(lab.cluster.control.counters().tasks).toEqual({ qmcreate: 1 });

  await lab.cluster.reconnect({ bulk: false });
  expect(lab.diff(inputs, state).changes).toEqual([]);
  expect(await previewed(3, state)).not.toContainEqual(expect.stringContaining("made by"));
  expect(await previewed(5, state)).toContain(
    "Machines are made by 'overlay': 'bulk' is not taken, since cluster 'main' does not allow it.",
  );
  lab.cluster.control.resetCounters();
  const { state: grown } = await lab.bring({ ...inputs, count: 5 }, state);
  expect(grown.madeBy).toBe("overlay");
  expect(grown.seats).toMatchObject(state.seats);
  expect(lab.cluster.control.counters().tasks).toEqual({ qmcreate: 2 });
  await lab.destroy(grown);
  expect(await lab.cluster.control.check()).toEqual([]);
});

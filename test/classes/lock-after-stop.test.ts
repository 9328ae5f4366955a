import type { BaseGenerationState } from "@coppice/core";
import { progressText } from "@coppice/core";
import { readGuestStatus, startGuest } from "@coppice/pve";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";

let lab: ClassLab;
let base: BaseGenerationState;

beforeAll(async () => {
  // The clean-up's 30 s are 1.5 here.
  lab = await ClassLab.start({ nodes: 1, timeScale: 20 });
  base = await lab.generation();
});
afterAll(() => lab[Symbol.asyncDispose]());

test("after the reset of a running seat the next runs wait for the clean-up of its stop, and say so", async () => {
  const inputs = poolInputs(base, { count: 1 });
  const { state } = await lab.bring(inputs);
  const place = placeOf(state, "seat-01");
  await startGuest(lab.cluster.client, place);
  const cleanup = { match: { vmid: place.vmid }, effect: { kind: "late-cleanup", holdMs: 30_000 } } as const;
  lab.cluster.control.faults.add({ ...cleanup, times: 1 });
  const reset = { ...inputs, reset: { "seat-01": "monday" } };
  const after = await lab.bring(reset, state);
  expect(after.unfinished).toBeUndefined();
  expect((await readGuestStatus(lab.cluster.client, place)).status).toBe("running");
  const changed = await lab.bring({ ...reset, hardware: { cores: 2 } }, after.state);
  expect(changed.unfinished).toBeUndefined();
  const told = changed.context.reports.map(progressText);
  expect(told.filter((line) => line.includes("lock"))).toEqual([
    "waiting for the lock of machine 20000 on pve1",
    "waited for the lock of machine 20000 on pve1",
  ]);
  // Stops it again, which is a change of its own under that lock.
  await lab.destroy(changed.state);
  expect(await lab.cluster.control.check()).toEqual([]);
});

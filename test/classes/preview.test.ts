import type { Generation, OverlayPoolState } from "@coppice/core";
import { powerGuest } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { unknownValue } from "../../packages/provider/src/kit/unknown.ts";
import { ClassLab, poolInputs } from "./class-lab.ts";

describe("a preview of a class of three", () => {
  let lab: ClassLab;
  let base: Awaited<ReturnType<ClassLab["generation"]>>;
  let state: OverlayPoolState;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 1, timeScale: 5 });
    base = await lab.generation();
    state = (await lab.bring(poolInputs(base, { count: 3 }))).state;
    await lab.cluster.control.save("class");
  });
  beforeEach(() => lab.cluster.restore("class"));
  afterAll(() => lab[Symbol.asyncDispose]());

  test("shows who is reset to a generation that is still to be made, and where", async () => {
    const inputs = poolInputs(base, {
      count: 3,
      publish: { policy: "reset", policyOf: { "seat-02": "keep" }, running: "stop", undoFor: "1s" },
    });
    // As the engine hands it over in a preview, which no type says.
    const next = {
      ...inputs.base,
      number: 2,
      copies: unknownValue,
      disks: unknownValue,
    } as unknown as Generation; // see above
    const { outputs, context } = await lab.preview({ ...inputs, base: next }, state);
    expect(context.told).toEqual([
      [
        "2 seats are reset to a fresh disk; the present one is kept for undo:",
        "  seat-01  20000  pve1",
        "  seat-03  20002  pve1",
        "1 seat is kept as it is",
      ].join("\n"),
    ]);
    expect(outputs).toMatchObject({ seats: state.seats, generation: 2 });
  });

  test("takes a Proxmox pool that the same run makes for possible, and no other", async () => {
    const previewIn = (pool: string) => lab.preview(poolInputs(base, { count: 4, pool }), state);
    const seats = { ...state.seats, "seat-04": { vmid: 20_003, node: "pve1", mac: unknownValue } };
    expect((await previewIn(unknownValue)).outputs).toMatchObject({ pool: unknownValue, seats });
    await expect(previewIn("nobodys")).rejects.toThrow(/no such pool/);
    const generation = await lab.previewGeneration({ pool: unknownValue });
    expect(generation.outputs).toMatchObject({ number: 1, owned: false, pool: unknownValue });
  });

  test("says which running seats need a restart; so does the update, and a preview asks little", async () => {
    await powerGuest(lab.cluster.client, { node: "pve1", vmid: 20_001 }, "start");
    await lab.cluster.control.tellStatus();
    const inputs = poolInputs(base, { count: 3, hardware: { cores: 3 } });
    lab.cluster.control.resetCounters();
    const { context } = await lab.preview(inputs, state);
    const asked = Object.entries(lab.cluster.control.counters().requests);
    expect(asked.filter(([call]) => !call.startsWith("GET "))).toEqual([]);
    expect(asked.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(5);
    const restart = expect.stringMatching(
      /^1 running seat takes the new settings over .*\n {2}seat-02 {2}20001 {2}pve1$/,
    );
    expect(context.warnings).toEqual([restart]);
    expect((await lab.bring(inputs, state)).context.warnings).toEqual([restart]);
  });

  test("takes a generation from a teacher's machine that the same run makes for possible, and no other", async () => {
    const { outputs, context } = await lab.previewGeneration({ number: 2, source: 20_050 });
    expect(outputs).toMatchObject({ number: 2, source: 20_050 });
    expect(context.told).toEqual(["Generation 2 is copied from 20050, which does not exist yet."]);
    await expect(lab.previewGeneration({ number: 2, source: 9_050 })).rejects.toThrow(/shows no guest 9050/);
  });
});

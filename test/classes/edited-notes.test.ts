import type { OverlayPoolState } from "@coppice/core";
import { listGuestResources, putGuestConfig, readGuestConfig } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";

describe("a class of two, one of whose machines somebody wrote notes for", () => {
  let lab: ClassLab;
  let inputs: ReturnType<typeof poolInputs>;
  let state: OverlayPoolState;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 1, timeScale: 5 });
    inputs = poolInputs(await lab.generation(), { count: 2 });
    state = (await lab.bring(inputs)).state;
    await lab.cluster.control.save("class");
  });
  beforeEach(() => lab.cluster.restore("class"));
  afterAll(() => lab[Symbol.asyncDispose]());

  const place = () => placeOf(state, "seat-01");
  const read = () => readGuestConfig(lab.cluster.client, place());
  const change = (values: Record<string, string>) => putGuestConfig(lab.cluster.client, place(), values);
  const numbers = async () =>
    (await listGuestResources(lab.cluster.client)).map(({ vmid }) => vmid).sort((a, b) => a - b);
  const markLine = (notes = "") => notes.split("\n").find((line) => line.startsWith("coppice:")) ?? "";

  test.each([
    ["replaced", () => ({ description: "Ada's machine" })],
    ["emptied", () => ({ delete: "description" })],
    ["with an edited line", (line: string) => ({ description: `Ada's machine\n${line} (room 3)` })],
  ])("notes %s: it stays the seat's, and the next run puts the mark's line back", async (_, edit) => {
    const line = markLine((await read()).description);
    const before = await numbers();
    const edited = edit(line);
    await change(edited);
    const found = await lab.read(state);
    expect(found.seats).toEqual(state.seats);
    expect(lab.diff(inputs, found).changes.map(({ path }) => path)).toEqual(['machines["seat-01"].repair']);
    const { state: repaired, unfinished } = await lab.bring(inputs, found);
    expect(unfinished).toBeUndefined();
    expect(await numbers()).toEqual(before);
    const notes = (await read()).description ?? "";
    expect(markLine(notes)).toBe(line);
    if ("description" in edited) expect(notes).toContain("Ada's machine");
    expect(await lab.read(repaired)).toEqual(state);
  });

  test("is removed with its class, with no refresh before", async () => {
    await change({ description: "Ada's machine" });
    await lab.destroy(state);
    expect(await numbers()).not.toContain(place().vmid);
  });

  test.each([
    ["tags", () => ({ delete: "tags" })],
    ["its MAC", () => ({ net0: "virtio=BC:24:11:00:00:01,bridge=vmbr0" })],
  ])("without notes and %s it is named, and neither touched nor made anew", async (_, edit) => {
    const before = await numbers();
    await change({ description: "Ada's machine" });
    await change(edit());
    const config = await read();
    const found = await lab.read(state);
    expect(found.seats).toEqual(state.seats);
    const { state: after, unfinished } = await lab.bring(inputs, found);
    expect(unfinished).toMatchObject([{ item: "seat-01", code: "pool.foreign-guest" }]);
    expect(await numbers()).toEqual(before);
    expect(await read()).toEqual(config);
    const reset = { ...inputs, reset: { "seat-01": "2" } };
    expect((await lab.bring(reset, after)).unfinished).toMatchObject([{ item: "seat-01" }]);
    expect(await read()).toEqual(config);
    const { warnings } = await lab.destroy(after);
    expect(warnings.join()).toContain(`Guest ${place().vmid} on pve1 was recorded as seat 'seat-01'`);
    expect(await read()).toEqual(config);
  });

  test("with another resource's mark it is somebody else's", async () => {
    await change({ description: "coppice:0123456789/ada" });
    expect((await lab.read(state)).seats).not.toHaveProperty("seat-01");
  });
});

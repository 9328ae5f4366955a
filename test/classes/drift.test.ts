import type { OverlayPoolState } from "@coppice/core";
import { deleteGuest, powerGuest, putGuestConfig, readGuestConfig } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";

/** What others do to the machines of a class: a refresh finds it, the plan says it, and the next run brings it back. */
describe("a class of three that somebody else touched", () => {
  let lab: ClassLab;
  let inputs: ReturnType<typeof poolInputs>;
  let state: OverlayPoolState;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 1, timeScale: 5 });
    inputs = poolInputs(await lab.generation(), { count: 3, tags: ["Spring"] });
    state = (await lab.bring(inputs)).state;
    await lab.cluster.control.save("class");
  });
  beforeEach(() => lab.cluster.restore("class"));
  afterAll(() => lab[Symbol.asyncDispose]());

  const change = (seat: string, values: Record<string, string | number>) =>
    putGuestConfig(lab.cluster.client, placeOf(state, seat), values);

  test("is found as it is where nobody did", async () => {
    const found = await lab.read(state);
    expect(found).toEqual(state);
    expect(lab.diff(inputs, found).changes).toEqual([]);
  });

  test("says each setting that was changed beside what is declared, and brings it back", async () => {
    const mark = (await readGuestConfig(lab.cluster.client, placeOf(state, "seat-01"))).tags.join(" ");
    await change("seat-01", { name: "mine", memory: 8192, cores: 4 });
    await change("seat-02", { tags: "mine" });
    const found = await lab.read(state);
    expect(lab.diff(inputs, found).changes.map(({ path }) => path)).toEqual([
      'machines["seat-01"].repair',
      'machines["seat-02"].repair',
    ]);
    const { context } = await lab.preview(inputs, found);
    expect(context.told).toEqual([
      [
        "2 seats were changed by somebody else: they are brought back to what is declared:",
        "  seat-01  20000  pve1  cores are 4, declared 1; memory is 8 GiB, declared 1 GiB; name is 'mine', declared 'lab-seat-01'",
        `  seat-02  20001  pve1  tags are mine, declared Spring ${mark.replace(" spring", "")}`,
        "1 seat is kept as it is",
      ].join("\n"),
    ]);
    const { state: repaired } = await lab.bring(inputs, found);
    expect(repaired).toEqual(state);
    expect(await lab.read(repaired)).toEqual(state);
    const { tags } = await readGuestConfig(lab.cluster.client, placeOf(state, "seat-02"));
    // A tag that somebody gave beside ours stays.
    expect(tags).toEqual([...mark.split(" "), "mine"].sort());
  });

  test("says of a running machine what only waits for its next start, which is brought back without one", async () => {
    const place = placeOf(state, "seat-01");
    await powerGuest(lab.cluster.client, place, "start");
    await lab.cluster.control.tellStatus();
    await change("seat-01", { memory: 8192 });
    const found = await lab.read(state);
    const { context } = await lab.preview(inputs, found);
    expect(context.told[0]).toContain("memory becomes 8 GiB at its next start, declared 1 GiB");
    expect(context.warnings).toEqual([]);
    const { state: repaired, context: run } = await lab.bring(inputs, found);
    expect(run.warnings).toEqual([]);
    expect((await readGuestConfig(lab.cluster.client, place)).memoryMiB).toBe(1024);
    expect(lab.diff(inputs, await lab.read(repaired)).changes).toEqual([]);
  });

  test("asks for a restart of one that runs with what somebody changed, and says what waits beside it", async () => {
    const place = placeOf(state, "seat-01");
    await change("seat-01", { memory: 4096 });
    await powerGuest(lab.cluster.client, place, "start");
    await lab.cluster.control.tellStatus();
    await change("seat-01", { memory: 8192 });
    const { context } = await lab.preview(inputs, await lab.read(state));
    expect(context.told[0]).toContain("memory is 4 GiB and becomes 8 GiB at its next start, declared 1 GiB");
    expect(context.warnings).toEqual([expect.stringContaining("restart it when it suits")]);
  });

  test("says where a card or a display is that the class leaves to its template, and brings it back", async () => {
    const { net0 = "", vga = "" } = (await readGuestConfig(lab.cluster.client, placeOf(state, "seat-01")))
      .values;
    await change("seat-01", { net0: `${net0.replace("vmbr0", "vmbr1")},tag=7`, vga: "qxl" });
    await change("seat-02", { delete: "net0" });
    const found = await lab.read(state);
    const { context } = await lab.preview(inputs, found);
    expect(context.told[0]?.split("\n").slice(1, 3)).toEqual([
      `  seat-01  20000  pve1  vga is qxl, declared ${vga}; bridge is vmbr1, declared vmbr0; VLAN is 7, declared none`,
      "  seat-02  20001  pve1  bridge is none, declared vmbr0",
    ]);
    const { state: repaired } = await lab.bring(inputs, found);
    expect(await lab.read(repaired)).toEqual(state);
    const { values } = await readGuestConfig(lab.cluster.client, placeOf(state, "seat-01"));
    expect([values["net0"], values["vga"]]).toEqual([net0, vga]);
  });

  test("leaves alone a tag that somebody added", async () => {
    const { tags } = await readGuestConfig(lab.cluster.client, placeOf(state, "seat-01"));
    await change("seat-01", { tags: [...tags, "backup"].join(";") });
    expect(lab.diff(inputs, await lab.read(state)).changes).toEqual([]);
  });

  test("says that a machine is gone and makes it anew on its number, whether a refresh found it or the run itself", async () => {
    await deleteGuest(lab.cluster.client, placeOf(state, "seat-02"), { unreferencedDisks: true });
    const found = await lab.read(state);
    expect(found.seats).not.toHaveProperty("seat-02");
    expect(lab.diff(inputs, found).changes).toEqual([{ path: 'machines["seat-02"]', kind: "add" }]);
    const tagged = { ...inputs, tags: ["autumn"] };
    for (const recorded of [found, state]) {
      const { context } = await lab.preview(tagged, recorded);
      expect(context.told[0]).toContain(
        "1 seat's machine is gone, with its disks: it is made anew:\n  seat-02  20001  pve1",
      );
    }
    const { state: made, unfinished } = await lab.bring(tagged, state);
    expect(unfinished).toBeUndefined();
    expect(placeOf(made, "seat-02")).toEqual(placeOf(state, "seat-02"));
    expect(await lab.read(made)).toEqual(made);
  });
});

import {
  type BaseGenerationState,
  type Generation,
  type OverlayPoolState,
  unknownValue,
} from "@coppice/core";
import { powerGuest } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { baseOf, ClassLab, placeOf, poolInputs } from "./class-lab.ts";

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

  test("does not know the place of a seat that leaves, so that the engine shows what is told and no outputs after it", async () => {
    const told = { ...placeOf(state, "seat-01"), addresses: ["10.0.0.7"] };
    const seats: OverlayPoolState["seats"] = { ...state.seats, "seat-01": told };
    const { outputs, context } = await lab.preview(poolInputs(base, { count: 2 }), { ...state, seats });
    const { "seat-03": _, ...stay } = seats;
    expect(outputs).toMatchObject({ seats: { ...stay, "seat-03": unknownValue } });
    expect(context.warnings).toEqual([
      expect.stringMatching(
        /^1 seat is removed with all disks; 12 KiB exists only there:\n {2}seat-03 {2}20002 {2}pve1 {2}12 KiB$/,
      ),
    ]);
  });

  test("counts what a data disk holds that the class no longer speaks of", async () => {
    const disks = poolInputs(base, { count: 3, dataDisk: { size: "1GiB", storage: "local" } });
    const { state: made } = await lab.bring(disks, state);
    const disk = "$(ls /var/lib/vz/images/20002/vm-20002-disk-*)";
    await lab.cluster.shell("pve1", `qemu-io -f qcow2 -c 'write -P 7 0 8M' ${disk} >/dev/null`);
    const { context } = await lab.preview(poolInputs(base, { count: 2 }), made);
    expect(context.warnings).toEqual([
      expect.stringMatching(/^1 seat is removed with all disks; 8\.\d+ MiB exists only there:/),
    ]);
  });

  test("names who else has numbers of the range, and passes over a number on which nobody's disks lie", async () => {
    const { cluster } = lab;
    await cluster.shell("pve1", "qm create 20004 --name theirs --memory 16");
    await cluster.shell("pve1", "qm create 20008 --name art-seat-02 --tags coppice --memory 16");
    await cluster.shell("pve1", "qm create 20006 --name art-seat-01 --tags coppice --memory 16");
    await cluster.shell("pve1", "mkdir /mnt/pve/nas/images/20003");
    await cluster.control.tellStatus();
    const { outputs, context } = await lab.preview(poolInputs(base, { count: 5 }), state);
    expect(outputs).toMatchObject({ seats: { "seat-04": { vmid: 20_007 }, "seat-05": { vmid: 20_005 } } });
    expect(context.warnings).toEqual([
      expect.stringMatching(/^Number 20003 has an image folder of nobody's on storage 'nas'/),
      expect.stringMatching(
        /^The range of class 'lab' holds guests that are not ours; .*: 20004 'theirs' on pve1\.$/,
      ),
      expect.stringMatching(
        /^The range of class 'lab' is shared with another class, .*: 20006 'art-seat-01' on pve1, 20008 'art-seat-02' on pve1\./,
      ),
    ]);
    const { state: made } = await lab.bring(poolInputs(base, { count: 5 }), state);
    expect(made.seats).toMatchObject({ "seat-04": { vmid: 20_007 }, "seat-05": { vmid: 20_005 } });
  });

  test("names another class of the same program whose range overlaps, though no machine of it exists", async () => {
    // What was previewed before was of another run.
    await lab.cluster.reconnect();
    const vmids = { from: 20_050, to: 20_150 };
    for (const name of ["music", "art"]) {
      const early = await lab.preview(poolInputs(base, { class: name, count: 1, vmids }), undefined, {
        name,
      });
      expect(early.context.warnings).toHaveLength(name === "music" ? 0 : 1);
    }
    const { context } = await lab.preview(poolInputs(base, { count: 4 }), state);
    expect(context.warnings).toEqual([
      expect.stringMatching(
        /^The range of class 'lab' overlaps with those of classes 'art', 'music': each gets what the others leave/,
      ),
    ]);
    // Who makes nothing takes no number.
    expect((await lab.preview(poolInputs(base, { count: 3 }), state)).context.warnings).toEqual([]);
    await lab.cluster.reconnect();
  });

  test("says that a publication passes numbers by", async () => {
    const next = { ...poolInputs(base, { count: 3 }), base: { ...baseOf(base), number: 5 } };
    expect((await lab.preview(next, state)).context.warnings[0]).toBe(
      "Generation 5 follows 1: no number between them was published. The next one is 2.",
    );
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

/** Where a class's copies are to lie on each node, while its template lies on storage that all share. */
describe("a preview of a class on local storage whose generation is still to be made", () => {
  let lab: ClassLab;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 2, timeScale: 5 });
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  test.each([{}, { nodes: ["pve1"] }, { roster: ["teacher"] }])(
    "places seats where it will be copied to, as the run does: %j",
    async ({ nodes, roster = ["ada", "grace"] }: { nodes?: string[]; roster?: string[] }) => {
      const where = { storage: "local", ...(nodes && { nodes }) };
      const { outputs } = await lab.previewGeneration(where);
      const previewed = outputs as unknown as BaseGenerationState; // as the engine hands it over in a preview
      // On which nodes is known, so that what its templates take can be judged; not yet with which numbers.
      const copies = Object.fromEntries((nodes ?? ["pve1", "pve2"]).map((node) => [node, unknownValue]));
      expect(previewed).toMatchObject({ shared: false, copies });
      const inputs = { ...poolInputs(previewed), roster, ...(nodes && { nodes }) };
      const wanted = await lab.preview(inputs);
      const generation = await lab.generation(where);
      // What seats take is known as soon as their disks are.
      expect(previewed.disks).toEqual(generation.disks.map(({ hash: _hash, ...disk }) => disk));
      const { state } = await lab.bring({ ...inputs, base: baseOf(generation) });
      // Its copies count on their nodes when they are made, so that a seat may come to lie on another of them.
      const places = Object.entries(state.seats).map(([seat, { vmid }]) => {
        const node: unknown = expect.stringMatching(nodes === undefined ? /^pve[12]$/ : /^pve1$/);
        return [seat, { vmid, node, mac: unknownValue }];
      });
      expect(wanted.outputs["seats"]).toEqual(Object.fromEntries(places));
      await lab.destroy(state);
      await lab.removeGeneration(generation);
    },
  );

  test("says that the cluster has no node of the name that is wanted", async () => {
    await expect(lab.previewGeneration({ storage: "local", nodes: ["pve9"] })).rejects.toThrow(
      "Generation 1 of class 'lab' cannot be made: 'nodes' names pve9, and cluster 'main' has only pve1, pve2.",
    );
  });
});

import { VirtualClock } from "@coppice/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BaseGenerationState } from "../../packages/provider/src/base-generation/base-generation-inputs.ts";
import type {
  OverlayPoolInputs,
  OverlayPoolState,
  PoolPublish,
} from "../../packages/provider/src/overlay-pool/pool-inputs.ts";
import type { StepHook } from "../../packages/provider/src/overlay-pool/run/pool-run.ts";
import { type DiskPlace, DiskView, source, startLinkedLab, withoutShell } from "./linked-lab.ts";
import { type PoolLab, poolInputs } from "./pool-lab.ts";

const hour = 3_600_000;
const roster = ["teacher", "ada", "grace", "hedy"];

/** Tells the life of a class whose cluster is configured without SSH, on disks of a kind. */
export function classWithoutShell(place: DiskPlace): void {
  describe.each(["8.4", "9.2"] as const)(
    `a class on '${place.storage}' without SSH, on Proxmox VE %s`,
    (pve) => tellLife(place, pve),
  );
}

function tellLife(place: DiskPlace, pve: "8.4" | "9.2"): void {
  let lab: PoolLab;
  let view: DiskView;
  let first: BaseGenerationState;
  let second: BaseGenerationState;
  let inputs: OverlayPoolInputs;
  let state: OverlayPoolState;

  beforeAll(async () => {
    lab = await startLinkedLab(place, pve);
    view = new DiskView(lab, place);
    const generation = { storage: place.storage, nodes: [...place.nodes] };
    first = await lab.generation({ ...generation, source });
    const more = { roster, nodes: [...place.nodes], dataDisk: { sizeGiB: 1 }, method: "auto" } as const;
    inputs = poolInputs(first, { ...more, roster: [...roster] });
    ({ state } = await lab.bring(inputs));
    await view.write(state, "teacher", 7);
    second = await lab.generation({ ...generation, number: 2, source: state.seats["teacher"]?.vmid });
    await view.write(state, "ada", 9);
    await lab.cluster.control.save("made");
  }, 60_000);
  beforeEach(async () => {
    await lab.cluster.restore("made");
    await withoutShell(lab);
  });
  // Whatever a test did, it did through the API alone.
  afterEach(() => expect(lab.cluster.control.counters().ssh).toEqual({}));
  afterAll(() => lab[Symbol.asyncDispose]());

  const publish = (more: Partial<PoolPublish> = {}): OverlayPoolInputs => {
    const policies = { policy: "reset", policyOf: { teacher: "keep", hedy: "defer" } } as const;
    return { ...inputs, base: second, publish: { ...policies, running: "stop", undoForMs: hour, ...more } };
  };
  const expectSettled = async (wanted: OverlayPoolInputs, at: OverlayPoolState) => {
    expect(lab.diff(wanted, at).changes).toEqual([]);
    expect(lab.diff(wanted, await lab.read(at)).changes).toEqual([]);
    expect(await lab.cluster.control.check()).toEqual([]);
  };
  /** The guests that make up the class: its seats and its generations, and nothing beside. */
  const guestsOf = ({ seats }: OverlayPoolState, ...generations: readonly BaseGenerationState[]) => {
    const owned = generations.filter((generation) => generation.owned);
    const places = [...Object.values(seats), ...owned.flatMap(({ copies }) => Object.values(copies))];
    return places.map(({ vmid }) => vmid).sort((a, b) => a - b);
  };
  const guests = async () => (await view.guests()).sort((a, b) => a - b);
  const unusedOf = async (at: OverlayPoolState, seat: string) =>
    Object.keys(await view.config(at, seat)).filter((key) => key.startsWith("unused"));

  test("is made of Proxmox's own clones, firmware and all, each with the template's bytes", async () => {
    expect(state.madeBy).toBe("linked");
    expect(new Set(Object.values(state.seats).map(({ node }) => node)).size).toBe(2);
    for (const slot of ["scsi0", "efidisk0"])
      expect(await view.compare(state, "grace", first, slot)).toBe("Images are identical.");
    expect(await guests()).toEqual(guestsOf(state, first, second));
    await expectSettled(inputs, state);
  });

  test("is found whole when its making was never recorded", async () => {
    const called = await lab.bring(inputs);
    expect(called.state.seats).toEqual(state.seats);
    expect(lab.cluster.control.counters().tasks).toEqual({});
    await expectSettled(inputs, called.state);
  });

  test("gets the next generation seat by seat as each policy says, byte for byte", async () => {
    const data = await view.volume(state, "ada", "scsi1");
    const { state: next, unfinished } = await lab.bring(publish(), state);
    expect(unfinished).toBeUndefined();
    for (const seat of ["ada", "grace"])
      for (const slot of ["scsi0", "efidisk0"])
        expect(await view.compare(next, seat, second, slot)).toBe("Images are identical.");
    expect(await view.holds(next, "grace", 7)).toBe(true);
    expect(await view.compare(next, "hedy", first)).toBe("Images are identical.");
    expect(await view.volume(next, "teacher")).toBe(await view.volume(state, "teacher"));
    expect(await view.volume(next, "ada", "scsi1")).toBe(data);
    expect(await unusedOf(next, "ada")).toEqual(["unused0", "unused1", "unused2"]);
    expect(await guests()).toEqual(guestsOf(next, first, second));
    await expectSettled(publish(), next);
  });

  test("gives a seat its former disks back, and leaves it alone afterwards", async () => {
    const before = await view.volume(state, "ada");
    const published = await lab.bring(publish(), state);
    const undoing = { ...publish(), undo: { ada: "monday" } };
    const { state: undone, unfinished } = await lab.bring(undoing, published.state);
    expect(unfinished).toBeUndefined();
    expect(await view.volume(undone, "ada")).toBe(before);
    expect(await view.holds(undone, "ada", 9)).toBe(true);
    await expectSettled(undoing, undone);
  });

  test("resets one seat when told to, and frees what nobody can get back any more", async () => {
    const clock = new VirtualClock();
    const resetting = { ...publish({ policy: "keep" }), reset: { ada: "a" } };
    const reset = await lab.bring(resetting, state, { clock });
    expect(await view.compare(reset.state, "ada", second)).toBe("Images are identical.");
    const again = { ...resetting, reset: { ada: "b" } };
    const twice = await lab.bring(again, reset.state, { clock });
    expect(twice.unfinished).toBeUndefined();
    expect(await unusedOf(twice.state, "ada")).toHaveLength(3);
    await clock.advance(7 * 24 * hour + 1);
    const later = { ...again, hardware: { cores: 2 } };
    const changed = await lab.bring(later, twice.state, { clock });
    expect(await unusedOf(changed.state, "ada")).toEqual([]);
    await expectSettled(later, changed.state);
  });

  test("grows, shrinks and changes in place beside a reset", async () => {
    const edited = { ...publish(), roster: ["teacher", "ada", "hedy", "joan"], hardware: { cores: 2 } };
    const { state: next, unfinished } = await lab.bring(edited, state);
    expect(unfinished).toBeUndefined();
    expect(await view.compare(next, "joan", second)).toBe("Images are identical.");
    expect((await view.config(next, "hedy"))["cores"]).toBe("2");
    expect(await guests()).toEqual(guestsOf(next, first, second));
    await expectSettled(edited, next);
  });

  test("lives on without its first generation, and ends without a trace", async () => {
    const published = await lab.bring(publish({ undoForMs: 0 }), state);
    const { warnings } = await lab.removeGeneration(first);
    // Volumes of LVM-thin live on without the one they came from; a template used where it lies is not ours.
    expect(warnings).toEqual([]);
    expect(await view.holds(published.state, "teacher", 7)).toBe(true);
    expect(await view.compare(published.state, "ada", second)).toBe("Images are identical.");
    await lab.destroy(published.state);
    await lab.removeGeneration(second);
    expect(await guests()).toEqual([]);
    expect(await lab.cluster.control.check()).toEqual([]);
  });

  test("finishes a publication that died between two disks, and shows the spare machine to nobody", async () => {
    const dying = lab.bring(publish(), state, { hook: deathAfter("move ada scsi0") });
    await dying.catch(() => undefined);
    expect((await guests()).length).toBeGreaterThan(guestsOf(state, first, second).length);
    const { outputs, context } = await lab.preview(publish(), state);
    expect(Object.keys(outputs["seats"] ?? {})).toEqual(roster);
    expect([...context.told, ...context.warnings].join("\n")).not.toContain("+ada");
    const { state: next, unfinished } = await lab.bring(publish(), state);
    expect(unfinished).toBeUndefined();
    expect(await view.compare(next, "ada", second)).toBe("Images are identical.");
    expect(await unusedOf(next, "ada")).toEqual(["unused0", "unused1", "unused2"]);
    expect(Object.keys(next.seats)).toEqual(roster);
    expect(await guests()).toEqual(guestsOf(next, first, second));
    await expectSettled(publish(), next);
  });

  test("leaves a number to somebody who is faster, and takes another one for its spare machine", async () => {
    const theirs = "/etc/pve/nodes/pve1/qemu-server/20004.conf";
    const before = async (name: string) => {
      if (name === "clone +ada") await lab.cluster.shell("pve1", `printf 'name: theirs\\n' > ${theirs}`);
    };
    const hook = { before, after: async () => undefined };
    const { state: next, unfinished } = await lab.bring(publish(), state, { hook });
    expect(unfinished).toBeUndefined();
    expect(await view.compare(next, "ada", second)).toBe("Images are identical.");
    expect(await lab.cluster.shell("pve1", `cat ${theirs}`)).toBe("name: theirs\n");
    expect(await guests()).toEqual([...guestsOf(next, first, second), 20_004].sort((a, b) => a - b));
  });

  describe("refuses before any change", () => {
    const refused = async (wanted: OverlayPoolInputs, says: RegExp) => {
      lab.cluster.control.resetCounters();
      await expect(lab.bring(wanted, state)).rejects.toThrow(says);
      await expect(lab.preview(wanted, state)).rejects.toThrow(says);
      const { requests, tasks } = lab.cluster.control.counters();
      expect(Object.keys(requests).filter((name) => !name.startsWith("GET "))).toEqual([]);
      expect(tasks).toEqual({});
    };

    test("a reset for which the range has no number left", async () => {
      const full = { ...publish(), vmids: { from: 20_000, to: 20_003 } };
      await refused(full, /none of 20000–20003 is free.*Widen 'vmids'/s);
    });

    test("a reset of what is untouched, which nobody can tell", async () => {
      const why = place.isLocal ? "are no files" : "no SSH access to node";
      const wanted = publish({ policyOf: { ada: "reset-if-untouched", teacher: "keep", hedy: "keep" } });
      await refused(
        wanted,
        new RegExp(`publish.policyOf\\["ada"\\].*${why}.*Choose "reset", "keep" or "defer"`, "s"),
      );
    });
  });
}

/** The process dies behind a step: it does nothing more. */
function deathAfter(step: string): StepHook {
  let isDead = false;
  const look = () => {
    if (isDead) throw new Error("a dead process does nothing");
  };
  return {
    before: async () => look(),
    after: async (name) => {
      isDead ||= name === step;
      look();
    },
  };
}

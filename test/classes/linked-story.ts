import type { StepHook } from "@coppice/clusters";
import { type OverlayPoolInputs, VirtualClock } from "@coppice/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DiskPlace } from "./linked-lab.ts";
import { LinkedLife, roster } from "./linked-life.ts";

/** Some tests of a class; they get it as it was at the beginning. */
export type Tale = (life: () => LinkedLife) => void;

/** The releases that tell the tales, each its own. */
export type Tales = Readonly<Partial<Record<"8.4" | "9.2", readonly Tale[]>>>;

/** Tells the life of a class whose cluster is configured without SSH, on disks of a kind. */
export function classWithoutShell(
  place: DiskPlace,
  tales: Tales = { "8.4": everything, "9.2": everything },
): void {
  for (const pve of ["8.4", "9.2"] as const) {
    describe(`a class on '${place.storage}' without SSH, Proxmox VE ${pve}`, () => {
      let life: LinkedLife;
      beforeAll(async () => {
        life = await LinkedLife.begin(place, pve);
      }, 60_000);
      beforeEach(() => life.restore());
      // Whatever a test did, it did through the API alone.
      afterEach(() => expect(life.lab.cluster.control.counters().ssh).toEqual({}));
      afterAll(() => life.lab[Symbol.asyncDispose]());
      for (const tell of tales[pve] ?? []) tell(() => life);
    });
  }
}

/** How it begins and ends. */
export function tellOfMaking(life: () => LinkedLife): void {
  test("is made of Proxmox's own clones, firmware and all, each with the template's bytes", async () => {
    const { state, inputs, first } = life();
    expect(state.madeBy).toBe("linked");
    expect(new Set(Object.values(state.seats).map(({ node }) => node)).size).toBe(2);
    await life().expectBase(state, "grace", first);
    await life().expectGuests(state);
    await life().expectSettled(inputs, state);
  });

  test("is found whole when its making was never recorded", async () => {
    const { lab, state, inputs } = life();
    const called = await lab.bring(inputs);
    expect(called.state.seats).toEqual(state.seats);
    expect(lab.cluster.control.counters().tasks).toEqual({});
    await life().expectSettled(inputs, called.state);
  });

  test("lives on without its first generation, and ends without a trace", async () => {
    const { lab, view, state, first, second } = life();
    const published = await lab.bring(life().publish({ undoFor: "0s" }), state);
    const { warnings } = await lab.removeGeneration(first);
    // Volumes of LVM-thin live on without the one they came from; a template used where it lies is not ours.
    expect(warnings).toEqual([]);
    expect(await view.holds(published.state, "teacher", 7)).toBe(true);
    await life().expectBase(published.state, "ada", second);
    await lab.destroy(published.state);
    await lab.removeGeneration(second);
    expect(await view.guests()).toEqual([]);
    expect(await lab.cluster.control.check()).toEqual([]);
  });
}

/** How it gets another generation. */
export function tellOfPublishing(life: () => LinkedLife): void {
  test("gets the next generation seat by seat as each policy says, byte for byte", async () => {
    const { lab, view, state, first, second } = life();
    const data = await view.volume(state, "ada", "scsi1");
    const { state: next, unfinished } = await lab.bring(life().publish(), state);
    expect(unfinished).toBeUndefined();
    for (const seat of ["ada", "grace"]) await life().expectBase(next, seat, second);
    expect(await view.holds(next, "grace", 7)).toBe(true);
    await life().expectBase(next, "hedy", first);
    expect(await view.volume(next, "teacher")).toBe(await view.volume(state, "teacher"));
    expect(await view.volume(next, "ada", "scsi1")).toBe(data);
    expect(await life().unused(next, "ada")).toEqual(["unused0", "unused1", "unused2"]);
    await life().expectGuests(next);
    await life().expectSettled(life().publish(), next);
  });

  test("grows, shrinks and changes in place beside it", async () => {
    const { lab, view, state, second } = life();
    const edited = {
      ...life().publish(),
      roster: ["teacher", "ada", "hedy", "joan"],
      hardware: { cores: 2 },
    };
    const { state: next, unfinished } = await lab.bring(edited, state);
    expect(unfinished).toBeUndefined();
    await life().expectBase(next, "joan", second);
    expect((await view.config(next, "hedy"))["cores"]).toBe("2");
    await life().expectGuests(next);
    await life().expectSettled(edited, next);
  });
}

/** How seats get fresh disks, and their former ones back. */
export function tellOfResets(life: () => LinkedLife): void {
  test("gives a seat its former disks back, and leaves it alone afterwards", async () => {
    const { lab, view, state } = life();
    const before = await view.volume(state, "ada");
    const published = await lab.bring(life().publish(), state);
    const undoing = { ...life().publish(), undo: { ada: "monday" } };
    const { state: undone, unfinished } = await lab.bring(undoing, published.state);
    expect(unfinished).toBeUndefined();
    expect(await view.volume(undone, "ada")).toBe(before);
    expect(await view.holds(undone, "ada", 9)).toBe(true);
    await life().expectSettled(undoing, undone);
  });

  test("resets one seat when told to, and frees what nobody can get back any more", async () => {
    const { lab, state, second } = life();
    const clock = new VirtualClock();
    const resetting = { ...life().publish({ policy: "keep" }), reset: { ada: "a" } };
    const reset = await lab.bring(resetting, state, { clock });
    await life().expectBase(reset.state, "ada", second);
    const again = { ...resetting, reset: { ada: "b" } };
    const twice = await lab.bring(again, reset.state, { clock });
    expect(twice.unfinished).toBeUndefined();
    expect(await life().unused(twice.state, "ada")).toHaveLength(3);
    await clock.advance(3_600_000 + 1);
    const later = { ...again, hardware: { cores: 2 } };
    const changed = await lab.bring(later, twice.state, { clock });
    expect(await life().unused(changed.state, "ada")).toEqual([]);
    await life().expectSettled(later, changed.state);
  });
}

/** What breaks off, and who comes in between. */
export function tellOfTrouble(life: () => LinkedLife): void {
  test("finishes a publication that died between two disks, and shows the spare machine to nobody", async () => {
    const { lab, view, state, first, second } = life();
    await lab.bring(life().publish(), state, { hook: deathAfter("move ada scsi0") }).catch(() => undefined);
    expect((await view.guests()).length).toBeGreaterThan(roster.length + (first.owned ? 4 : 1));
    const { outputs, context } = await lab.preview(life().publish(), state);
    expect(Object.keys(outputs["seats"] ?? {})).toEqual(roster);
    expect([...context.told, ...context.warnings].join("\n")).not.toContain("+ada");
    const { state: next, unfinished } = await lab.bring(life().publish(), state);
    expect(unfinished).toBeUndefined();
    await life().expectBase(next, "ada", second);
    expect(await life().unused(next, "ada")).toEqual(["unused0", "unused1", "unused2"]);
    expect(Object.keys(next.seats)).toEqual(roster);
    await life().expectGuests(next);
    await life().expectSettled(life().publish(), next);
  });

  test("leaves a number to somebody who is faster, and takes another one for its spare machine", async () => {
    const { lab, state, second } = life();
    const theirs = "/etc/pve/nodes/pve1/qemu-server/20004.conf";
    const before = async (name: string) => {
      if (name === "clone +ada") await lab.cluster.shell("pve1", `printf 'name: theirs\\n' > ${theirs}`);
    };
    const hook = { before, after: async () => undefined };
    const { state: next, unfinished } = await lab.bring(life().publish(), state, { hook });
    expect(unfinished).toBeUndefined();
    await life().expectBase(next, "ada", second);
    expect(await lab.cluster.shell("pve1", `cat ${theirs}`)).toBe("name: theirs\n");
    await life().expectGuests(next, 20_004);
  });
}

/** What a loss of quorum leaves in the middle of a move, made by hand. */
export function tellOfLostDisks(life: () => LinkedLife): void {
  test("frees a disk that was renamed for a seat and written down nowhere, and nobody else's", async () => {
    const { lab, view, state, second } = life();
    const hook = deathAfter("move ada efidisk0");
    await lab.bring(life().publish(), state, { hook }).catch(() => undefined);
    const spare = await view.spareOf("ada");
    const [mine, theirs] = [await view.rename(spare, state, "ada"), await view.lay(state, "grace")];
    expect((await lab.cluster.control.check()).join()).toContain(mine);
    const { state: next, unfinished } = await lab.bring(life().publish(), state);
    expect(unfinished).toBeUndefined();
    await life().expectBase(next, "ada", second);
    await life().expectGuests(next);
    expect(await lab.cluster.control.check()).toEqual([expect.stringContaining(theirs)]);
  });
}

/** The process dies behind a step: it does nothing more. */
function deathAfter(step: string): StepHook {
  let isDead = false;
  const look = () => {
    if (isDead) throw new Error("a dead process does nothing");
  };
  const after = async (name: string) => {
    isDead ||= name === step;
    look();
  };
  return { before: async () => look(), after };
}

/** What is refused before anything is changed. */
export function tellOfRefusals(life: () => LinkedLife): void {
  const expectRefused = async (wanted: OverlayPoolInputs, says: RegExp) => {
    const { lab, state } = life();
    await expect(lab.bring(wanted, state)).rejects.toThrow(says);
    await expect(lab.preview(wanted, state)).rejects.toThrow(says);
    const { requests, tasks } = lab.cluster.control.counters();
    expect(Object.keys(requests).filter((name) => !name.startsWith("GET "))).toEqual([]);
    expect(tasks).toEqual({});
  };

  test("refuses a reset for which its range has no number left, before any change", async () => {
    const full = { ...life().publish(), vmids: { from: 20_000, to: 20_003 } };
    await expectRefused(full, /none of 20000–20003 is free.*Widen 'vmids'/s);
  });

  test("refuses to reset what is untouched, which nobody can tell, before any change", async () => {
    const why = life().view.place.hasFiles ? "no SSH access to node" : "are no files";
    const policyOf = { ada: "reset-if-untouched", teacher: "keep", hedy: "keep" } as const;
    const says = `publish.policyOf\\["ada"\\].*${why}.*Choose "reset", "keep" or "defer"`;
    await expectRefused(life().publish({ policyOf }), new RegExp(says, "s"));
  });
}

const everything: readonly Tale[] = [
  tellOfMaking,
  tellOfPublishing,
  tellOfResets,
  tellOfTrouble,
  tellOfLostDisks,
  tellOfRefusals,
];

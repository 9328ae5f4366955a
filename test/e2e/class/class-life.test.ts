import { type Emulator, startEmulator } from "@coppice/emulator";
import type { EngineEvent } from "@coppice/engine";
import { createdSeats } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { basesOf } from "./bases-of.ts";
import { ClassStack } from "./class-stack.ts";
import { guestsAndDisks, TEMPLATE_ONLY } from "./guests-left.ts";
import { type Wish, want, wishedClass } from "./wished-class.ts";

const publish = {
  generation: 2,
  from: "teacher",
  policyOf: {
    "seat-01": "keep",
    "seat-02": "defer",
    "seat-03": "reset-if-untouched",
    "seat-04": "reset-if-untouched",
  },
};
const published: Wish = { seats: 20, teacher: true, publish };
const ordered: Wish = { ...published, undo: { "seat-05": "x" }, reset: { "seat-06": "x" } };

/** One class through a term, each step by one `pulumi up` with its preview; the tests stand on each other. */
describe("a class of 25 with a teacher", { timeout: 240_000 }, () => {
  let emulator: Emulator;
  let stack: ClassStack;
  /** The seats that the last update told to have created, each as often as it was told. */
  let created: string[];
  beforeAll(async () => {
    // Locks of shared storages are polled once a second; nothing here depends on how long that is.
    emulator = await startEmulator({ nodes: 3, timeScale: 5 });
    stack = await ClassStack.create(emulator, { example: "lab-class", program: wishedClass });
  });
  afterAll(async () => {
    await stack.remove();
    await emulator.stop();
  });

  /** Brings the class to a wish; what was printed has the preview before the update. Then nothing is left to do. */
  async function up(wish: Wish): Promise<string> {
    want(stack, wish);
    const { stdout: printed, events } = await stack.succeeds("up", "--yes");
    created = createdSeats(events.flatMap((event) => (event.kind === "progress" ? [event.progress] : [])));
    expect(await stack.failureOf("preview", "--expect-no-changes")).toBe("");
    return printed.slice(0, printed.indexOf("Updating (test)"));
  }

  async function nodeOf(seat: string): Promise<string> {
    const seats = await stack.output<Record<string, { readonly node: string }>>("seats");
    return seats[seat]?.node ?? "";
  }

  test("is announced in one line and made", async () => {
    expect(await up({ seats: 25, teacher: true })).toContain(
      "    25 seats are made: seat-01–seat-25 as 20001–20025 on pve1 9, pve2 8, pve3 8\n",
    );
    const seats = Object.keys(await stack.output<object>("seats"));
    expect(seats).toHaveLength(25);
    expect(created.sort()).toEqual([...seats, "teacher"].sort());
  });

  test("shows of two more seats nothing but these two, and no outputs between what is told and the question", async () => {
    want(stack, { seats: 27, teacher: true });
    const grown = await stack.printedBy("preview");
    expect(grown).toContain("coppice:index:OverlayPool lab update [diff: ~count,machines]");
    expect(grown).not.toContain("Outputs:");
    const { stdout, events } = await stack.succeeds("preview", "--diff");
    expect(stdout).toMatch(/~ machines: \{\s+\+ seat-26: .*\s+\+ seat-27: .*\s+\}/);
    expect(stdout).not.toMatch(/- seat/);
    expect(differencesOf(events)).toEqual(["count", 'machines["seat-26"]', 'machines["seat-27"]']);
  });

  test("grows by five", async () => {
    expect(await up({ seats: 30, teacher: true })).toMatch(
      /^ {4}5 seats are made: seat-26–seat-30 as 20026–20030 on .*\n {6}\(on numbers that .*\n {4}25 seats are kept as they are$/m,
    );
    expect(created.sort()).toEqual(["seat-26", "seat-27", "seat-28", "seat-29", "seat-30"]);
  });

  test("shrinks to 20 after a warning that names all ten, the last lines before the question", async () => {
    await write(emulator, 20_025);
    const printed = await up({ seats: 20, teacher: true });
    expect(printed).toMatch(
      /^ {4}warning: 10 seats are removed with all disks; .* exists only there:\n( {6}seat-\d\d .*\n){10}\nResources:\n.*\n.*\n\n/m,
    );
    expect(printed).toMatch(/seat-25 +20025 +pve\d +[1-9]\d{2} KiB$/m);
    for (const number of [21, 25, 30])
      expect(printed).toMatch(new RegExp(`seat-${number} +200${number} +pve`));
    expect(Object.keys(await basesOf(emulator))).toHaveLength(1 + 20);
  });

  test("is given the teacher's disk, seat by seat as its policy says, and the preview says to whom", async () => {
    await write(emulator, 20_003);
    const printed = await up(published);
    expect(printed).toMatch(/16 seats are reset to a fresh disk.*: seat-05–seat-20 as 20005–20020 on pve/);
    expect(printed).toMatch(
      /2 seats are reset to a fresh disk if nobody wrote.*\n {6}seat-03 .*\n {6}seat-04 /,
    );
    expect(printed).toMatch(/1 seat is left on an earlier generation for now: seat-02 as 20002 /);
    const bases = await basesOf(emulator);
    const old = [20_000, 20_001, 20_002, 20_003];
    for (const [vmid, base] of Object.entries(bases))
      expect([vmid, base === 9000]).toEqual([vmid, old.includes(Number(vmid))]);
  });

  test("gives one seat its former disk back and resets another, in one run", async () => {
    const printed = await up(ordered);
    expect(printed).toMatch(/1 seat is given back the disk from before the last reset:\n {6}seat-05 /);
    expect(printed).toMatch(/1 seat is reset to a fresh disk; .*:\n {6}seat-06 /);
    const { 20005: undone, 20006: reset, 20007: other } = await basesOf(emulator);
    expect({ undone, isReset: reset === other }).toEqual({ undone: 9000, isReset: true });
  });

  test("follows a seat that somebody moved: a refresh finds its node, and nothing is to be done about it", async () => {
    const node = await nodeOf("seat-07");
    const target = node === "pve1" ? "pve2" : "pve1";
    const { code, stderr } = await emulator.shell(node, `qm migrate 20007 ${target}`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(await stack.failureOf("refresh", "--yes", "--skip-preview")).toBe("");
    expect(await stack.failureOf("up", "--yes", "--skip-preview", "--expect-no-changes")).toBe("");
    expect(await stack.output("seats")).toMatchObject({ "seat-07": { vmid: 20_007, node: target } });
  });

  test("says which running seats take other hardware over only at their next start", async () => {
    const node = await nodeOf("seat-08");
    await emulator.shell(node, "qm start 20008");
    await emulator.control.tellStatus();
    const printed = await up({ ...ordered, hardware: { cores: 3 } });
    expect(printed).toMatch(
      /warning: 1 running seat takes the new settings over at its next start.*\n {6}seat-08 /,
    );
    expect((await emulator.shell(node, "qm pending 20008")).stdout).toMatch(
      /^cur cores: 1\nnew cores: 3|^new cores: 3/m,
    );
  });

  test("says before it is destroyed which machines go, and what their disks hold", async () => {
    const { code, stdout } = await stack.coppice("pulumi", "destroy", "--preview-only", "--non-interactive");
    expect(code).toBe(0);
    // Of 17 seats that were reset, the former disk is kept.
    expect(stdout).toMatch(
      /Class 'lab' has 20 machines with 37 disks, on which .* is written:\n {6}seat-01–seat-20 as 20001–20020 on /,
    );
    expect(stdout.trimEnd().split("\n").slice(-12).join("\n")).toContain("Class 'lab' has 20 machines");
  });

  test("and leaves only the template", async () => {
    expect(await stack.failureOf("destroy", "--yes", "--skip-preview")).toBe("");
    expect(await guestsAndDisks(emulator)).toEqual(TEMPLATE_ONLY);
  });
});

/** The paths by which the class's own pool would differ. */
function differencesOf(events: readonly EngineEvent[]): string[] {
  const steps = events.filter((event) => event.kind === "step");
  const begun = steps.find(({ phase, urn }) => phase === "begun" && urn.endsWith("OverlayPool::lab"));
  return Object.keys(begun?.detailedDiff ?? {}).sort();
}

/** What a student does: other content in the first disk of a machine. */
async function write({ shell }: Emulator, vmid: number): Promise<void> {
  const file = `/mnt/pve/nas/images/${vmid}/vm-${vmid}-disk-0.qcow2`;
  const { code, stderr } = await shell("pve1", `qemu-io -c 'write -q -P 7 1M 64k' ${file}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
}

import type { OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";
import { cutConnection } from "./cut-connection.ts";

const node = "pve1";
const local = { storage: "local", nodes: [node] };
const images = "/var/lib/vz/images";
const roster = ["ada", "grace", "joan", "mary", "rosa"];
const publish = { policy: "reset", running: "stop", undoFor: "1h" } as const;

describe("a class whose node's SSH connection breaks in the middle of a batch", () => {
  let lab: ClassLab;
  let inputs: OverlayPoolInputs;
  let made: OverlayPoolState;
  let next: OverlayPoolInputs;
  beforeAll(async () => {
    lab = await ClassLab.start({ nodes: 1 });
    inputs = poolInputs(await lab.generation(local), { roster });
    await lab.cluster.control.save("nothing");
    made = (await lab.bring(inputs)).state;
    const { vmid: source } = placeOf(made, "ada");
    next = { ...poolInputs(await lab.generation({ ...local, number: 2, source })), roster, publish };
    await lab.cluster.control.save("class");
  });
  const start = async (state: string) => {
    await lab.cluster.restore(state);
    await lab.cluster.reconnect();
  };
  afterAll(() => lab[Symbol.asyncDispose]());

  /** One run in which the connection breaks, and the next one. */
  const bringTwice = async (
    wanted: OverlayPoolInputs,
    state: OverlayPoolState | undefined,
    step: string,
    answers: number,
    besides?: () => void,
  ) => {
    const where = { node, step: `${step} ${node}`, answers, ...(besides && { besides }) };
    const cut = await cutConnection(lab.cluster, where);
    const first = await lab.bring(wanted, state, { hook: cut.hook });
    await cut.broken();
    const between = { disks: await disksOf(first.state), files: await look() };
    const second = await lab.bring(wanted, first.state);
    expect(second.unfinished).toBeUndefined();
    expect(lab.diff(wanted, second.state).changes).toEqual([]);
    expect(await lab.cluster.control.check()).toEqual([]);
    return { first, second, between, after: { disks: await disksOf(second.state), files: await look() } };
  };

  /** What tells one file from another, and from the same one made anew. */
  const disksOf = async ({ seats }: OverlayPoolState): Promise<Record<string, string>> => {
    const entries = Object.entries(seats).map(async ([seat, { vmid }]) => {
      const stat = `stat -c '%n %i %W' ${images}/${vmid}/vm-${vmid}-disk-*.qcow2`;
      return [seat, await lab.cluster.shell(node, stat)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  };
  /** All that lies in the folders of machines, and what of it is marked as under way. */
  const look = async () => {
    const found = await lab.cluster.shell(
      node,
      `cd ${images}; find . -path './2*' -name '*vm-*' -o -name '.coppice-*' | sort`,
    );
    const files = found.trim().split("\n");
    return {
      disks: files.filter((file) => /-disk-\d+\.qcow2$/.test(file)).length,
      markers: files.filter((file) => file.includes(".coppice")),
    };
  };
  const brokenOff = (done: number, all: number) =>
    `The connection to 127.0.0.1 was lost in the middle of a script: ${done} of ${all} orders had been carried out. ` +
    "Run the operation again: it does the rest";
  const unfinished = (names: readonly string[], not: string, reason: string) =>
    names.map((item) => ({
      item,
      code: "ssh.interrupted",
      kind: [`seat on ${node} was not ${not}`, `seats on ${node} were not ${not}`],
      reason,
    }));

  test("makes the seats whose disks were told, names the others, and makes those in the next run", async () => {
    await start("nothing");
    const { first, second, between, after } = await bringTwice(inputs, undefined, "disks", 2);
    expect(Object.keys(first.state.seats)).toEqual(["ada", "grace"]);
    expect(first.unfinished).toEqual(unfinished(["joan", "mary", "rosa"], "made", brokenOff(2, 5)));
    const told = first.context.reports.filter(
      ({ verb, item }) => verb === "make-disks" && item.kind === "seat",
    );
    expect(told.map(({ item, share }) => [item.name, share])).toEqual([
      ["ada", { done: 1, all: 5 }],
      ["grace", { done: 2, all: 5 }],
    ]);
    expect(between.files).toEqual({ disks: 2, markers: [] });
    expect(Object.keys(second.state.seats)).toEqual(roster);
    expect(second.state.seats).toMatchObject(first.state.seats);
    expect(after.disks).toMatchObject(between.disks);
    expect(after.files).toEqual({ disks: 5, markers: [] });
    expect(lab.cluster.control.counters().tasks).toMatchObject({ qmcreate: 5 });
  });

  test("makes no seat of the disks that were told where the node cannot be asked whether they reached the storage", async () => {
    await start("nothing");
    const refuse = () => void lab.cluster.control.faults.add({ effect: { kind: "ssh-refused" }, times: 1 });
    const { first, between, after } = await bringTwice(inputs, undefined, "disks", 2, refuse);
    expect(first.state.seats).toEqual({});
    const unknown =
      "The connection to 127.0.0.1 was lost in the middle of a script: whether the disks that it had made are on the " +
      "storage is not known. Run the operation again: it makes them anew and does the rest";
    expect(first.unfinished).toEqual([
      ...unfinished(["ada", "grace"], "made", unknown),
      ...unfinished(["joan", "mary", "rosa"], "made", brokenOff(2, 5)),
    ]);
    expect(between.files).toEqual({ disks: 0, markers: [] });
    expect(after.files).toEqual({ disks: 5, markers: [] });
  });

  test("resets the seats whose fresh disks were told, and the others in the next run", async () => {
    await start("class");
    const { first, between, after } = await bringTwice(next, made, "renew", 2);
    expect(first.unfinished).toEqual(unfinished(["joan", "mary", "rosa"], "reset", brokenOff(2, 5)));
    expect(between.files).toEqual({ disks: 7, markers: [] });
    expect(after.disks).toMatchObject({ ada: between.disks["ada"], grace: between.disks["grace"] });
    expect(after.files).toEqual({ disks: 10, markers: [] });
  });

  test("names the seats whose marker is there still, and takes it away in the next run", async () => {
    await start("class");
    const { first, between, after } = await bringTwice(next, made, "settle", 2);
    expect(first.unfinished).toEqual(unfinished(["joan", "mary", "rosa"], "reset", brokenOff(2, 5)));
    // A third one was in hand.
    expect(between.files).toMatchObject({ disks: 10, markers: { length: 2 } });
    expect(after).toEqual({ disks: between.disks, files: { disks: 10, markers: [] } });
  });

  test("keeps the seats whose configurations were told, and finds or makes the others in the next run", async () => {
    await start("nothing");
    // The first answer is about the machine whose configuration is copied.
    const { first, second, between, after } = await bringTwice(
      { ...inputs, method: "bulk" },
      undefined,
      "bulk",
      3,
    );
    expect(Object.keys(first.state.seats)).toEqual(["ada", "grace", "joan"]);
    expect(first.unfinished).toEqual(unfinished(["mary", "rosa"], "made", brokenOff(3, 5)));
    expect(between.files.markers).toEqual([]);
    expect(second.state.seats).toMatchObject(first.state.seats);
    expect(after.disks).toMatchObject(between.disks);
    expect(after.files).toEqual({ disks: 5, markers: [] });
  });

  test("is whole where it breaks after all was swept", async () => {
    await start("class");
    const fewer = { ...inputs, roster: ["ada"] };
    const { first, after } = await bringTwice(fewer, made, "sweep", 1);
    expect([first.unfinished, first.context.warnings]).toEqual([undefined, []]);
    expect(after.files).toEqual({ disks: 1, markers: [] });
  });
});

import type { OverlayPoolInputs, OverlayPoolState } from "@coppice/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ClassLab, poolInputs } from "./class-lab.ts";

const cloudInit = { user: "student", address: { first: "10.0.0.10/24", gateway: "10.0.0.1" } };

let lab: ClassLab;
let inputs: OverlayPoolInputs;
let made: OverlayPoolState;
beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 1 });
  inputs = poolInputs(await lab.generation(), { count: 3, cloudInit, start: "after-create" });
  made = (await lab.bring(inputs)).state;
  await lab.cluster.control.save("made");
});
beforeEach(async () => {
  await lab.cluster.restore("made");
  // A kept state says nothing of what a test has decided about a guest.
  lab.cluster.control.behave(vmidOf("seat-01"), { agent: true });
});
afterAll(() => lab[Symbol.asyncDispose]());

/** The addresses of every seat of a state. */
const told = ({ seats }: OverlayPoolState) => Object.values(seats).map(({ addresses }) => addresses);
const vmidOf = (seat: string) => made.seats[seat]?.vmid ?? 0;

test("a class that has just been made knows none, and its first refresh tells them without those of one cable", async () => {
  expect(told(made)).toEqual([undefined, undefined, undefined]);
  expect(told(await lab.read(made))).toEqual([["10.0.0.10"], ["10.0.0.11"], ["10.0.0.12"]]);
});

test("a seat without an agent, or that is off, has none, and the refresh succeeds", async () => {
  const known = await lab.read(made);
  lab.cluster.control.behave(vmidOf("seat-01"), { agent: false });
  await lab.cluster.shell("pve1", `qm stop ${vmidOf("seat-02")}`);
  expect(told(await lab.read(known))).toEqual([undefined, undefined, ["10.0.0.12"]]);
});

test("a run asks those that were there before, and addresses are no difference to act on", async () => {
  const known = await lab.read(made);
  expect(lab.diff(inputs, known).changes).toEqual([]);
  const grown = (await lab.bring({ ...inputs, count: 4 }, known)).state;
  expect(told(grown)).toEqual([["10.0.0.10"], ["10.0.0.11"], ["10.0.0.12"], undefined]);
});

test("a run that is cancelled forgets none of those that stay", async () => {
  const known = await lab.read(made);
  const { state } = await lab.bring({ ...inputs, count: 5 }, known, { began: (context) => context.cancel() });
  expect(told(state).slice(0, 3)).toEqual([["10.0.0.10"], ["10.0.0.11"], ["10.0.0.12"]]);
});

test("a token that may not ask leaves all as unknown, and asks no more than are in flight", async () => {
  const { faults } = lab.cluster.control;
  const match = { path: "/nodes/.*/agent/network-get-interfaces" };
  const id = faults.add({
    match,
    effect: { kind: "answer", status: 403, reason: "Permission check failed" },
  });
  expect(told(await lab.read(made))).toEqual([undefined, undefined, undefined]);
  expect(faults.list().find((rule) => rule.id === id)?.struck).toBe(3);
});

test("an agent that does not answer at once is not waited for", async () => {
  const { faults } = lab.cluster.control;
  const match = { path: `/nodes/pve1/qemu/${vmidOf("seat-01")}/agent/network-get-interfaces` };
  faults.add({ match, effect: { kind: "delay", ms: 3_600_000 } });
  const { state } = await lab.bring({ ...inputs, count: 4 }, await lab.read(made));
  expect(told(state)).toEqual([undefined, ["10.0.0.11"], ["10.0.0.12"], undefined]);
}, 60_000);

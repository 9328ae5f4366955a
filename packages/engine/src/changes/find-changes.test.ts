import { describe, expect, test } from "vitest";
import type { EngineEvent } from "../events/engine-event.ts";
import type { DocumentVerdict } from "./change-verdict.ts";
import { type FinishedRun, findChanges } from "./find-changes.ts";
import recorded from "./fixtures/recorded-runs.json" with { type: "json" };

/** Runs of the genuine engine on the emulator: a class `lab` with a teacher and three seats, and `lab-two`. */
const runs = recorded as unknown as Readonly<Record<keyof typeof recorded, FinishedRun>>; // as: recorded as it was told

const verdictOf = (label: keyof typeof recorded) => findChanges(runs[label]);
const seatsOf = ({ seats }: DocumentVerdict) =>
  seats.map(({ name, change, vmid }) => `${name} ${change} ${vmid}`);

describe("of a run is told", () => {
  test("what becomes of each document, and of each seat, with the resource's own words", () => {
    const { documents, refusals, warnings } = verdictOf("making");
    expect([refusals, warnings]).toEqual([[], []]);
    expect(documents.map(({ name, change }) => [name, change])).toEqual([
      ["lab", "create"],
      ["lab-two", "create"],
    ]);
    const [lab, two] = documents.map(seatsOf);
    expect([...(lab ?? [])].sort()).toEqual([
      "seat-01 made 20001",
      "seat-02 made 20002",
      "seat-03 made 20003",
      "teacher made 20000",
    ]);
    expect(two).toEqual(["seat-01 made 30001", "seat-02 made 30002", "seat-03 made 30003"]);
    expect(documents[1]?.words[0]).toMatch(/^3 seats are made: seat-01–seat-03 as 30001–30003 on /);
  });

  test("who is refused and why; a neighbour that the run did not come to is left open", () => {
    const { documents, refusals } = verdictOf("refused neighbour");
    expect(documents.map(({ name, change }) => [name, change])).toEqual([
      ["lab", "open"],
      ["bad", "refused"],
    ]);
    expect(documents[1]?.refusals).toMatchObject([{ code: "generation.no-source" }]);
    expect(documents[1]?.refusals[0]?.message).toMatch(/^Generation 1 of class 'bad' cannot be made: /);
    expect(refusals).toEqual([]);
  });

  test("what a part's check refuses, of which the engine tells no step, as its document's and in our words", () => {
    const { events, documents } = runs.making;
    const sentence = "'expires' is \"2020-01-01\", which has passed [expiry.past]";
    const refusedAt = (name: string) => {
      const urn = `urn:pulumi:main::coppice-tenant::coppice:index:LabClass$coppice:index:OverlayPool::${name}`;
      const message = `coppice:index:OverlayPool resource '${name}' has a problem: ${sentence}`;
      const failures = [{ message, code: "expiry.past", urn } as const];
      const isOther = (event: EngineEvent) => !("urn" in event && event.urn === urn);
      return findChanges({
        events: events.filter(isOther),
        documents,
        outcome: { result: "failed", failures },
      });
    };
    const refusals = [{ message: sentence, code: "expiry.past" }];
    for (const [part, refused] of [
      ["lab", 0],
      ["lab-teacher", 0],
      ["lab-two", 1],
      ["lab-two-teacher", 1],
    ] as const) {
      const told = refusedAt(part);
      expect(told.refusals).toEqual([]);
      expect(told.documents[refused]).toMatchObject({ change: "refused", refusals });
      expect(told.documents[1 - refused]).toMatchObject({ change: "open", refusals: [] });
    }
    expect(refusedAt("elsewhere").refusals).toMatchObject([
      { message: expect.stringContaining("'elsewhere'") },
    ]);
  });

  test("what was stopped as open; nobody refused it", () => {
    const { events, documents } = runs.making;
    const told = {
      message: "2 seats were not made [provider.interrupted]",
      code: "provider.interrupted",
    } as const;
    const failures = [{ ...told, urn: "urn:pulumi:main::coppice-tenant::coppice:index:LabClass::lab" }];
    const [lab, two] = findChanges({
      events,
      documents,
      outcome: { result: "cancelled", failures },
    }).documents;
    expect([lab?.change, two?.change]).toEqual(["open", "open"]);
    expect(lab?.refusals).toMatchObject([told]);
    const failed = findChanges({ events, documents, outcome: { result: "failed", failures } });
    expect(failed.documents[0]?.change).not.toBe("open");
  });

  test("what a run had done with before it was stopped as done, and what it had only begun as open", () => {
    const urn = (type: string, name: string) =>
      `urn:pulumi:main::coppice-tenant::coppice:index:${type}::${name}`;
    const step = (phase: "begun" | "done", kind: string, name: string, parent = "stack"): EngineEvent => ({
      kind: "step",
      phase,
      op: "create",
      urn: urn(kind, name),
      type: `coppice:index:${kind}`,
      parent: parent === "stack" ? "urn:pulumi:main::coppice-tenant::pulumi:pulumi:Stack::x" : parent,
      isPlanned: false,
    });
    const made = ["first", "second", "third"].flatMap((name) => {
      const parent = urn("LabClass", name);
      const pool = `LabClass$coppice:index:OverlayPool`;
      return [
        step("begun", "LabClass", name),
        step("begun", pool, name, parent),
        step("done", pool, name, parent),
      ];
    });
    const events = [...made, step("done", "LabClass", "first"), step("done", "LabClass", "third")];
    const documents = ["first", "second", "third"].map((name) => ({ kind: "LabClass", name }));
    const parts = [{ urn: urn("LabClass$coppice:index:BaseGeneration", "third-1"), type: "", outputs: {} }];
    const left = { kind: "LabClass", name: "third", seats: {}, parts, inputs: {} };
    const outcome = { result: "cancelled", failures: [] } as const;
    const told = findChanges({ events, documents, outcome, recorded: [left] }).documents;
    expect(told.map(({ change }) => change)).toEqual(["create", "open", "open"]);
  });

  test("nothing of what the engine asks a person to look at after it was killed", () => {
    const diagnostic = { kind: "diagnostic", severity: "warning", isEphemeral: false } as const;
    const text =
      "Attempting to deploy or update resources with 1 pending operations from previous deployment.\n  * x";
    const events = [
      { ...diagnostic, text },
      { ...diagnostic, text: "another" },
    ];
    const { warnings } = findChanges({
      events,
      documents: [],
      outcome: { result: "succeeded", failures: [] },
    });
    expect(warnings).toEqual(["another"]);
  });

  test("what is lost, with how much of it exists only there, and what is ordered", () => {
    const { documents } = verdictOf("shrinking, with an order");
    const [lab, two] = documents;
    expect(lab?.change).toBe("update");
    expect(two).toMatchObject({ change: "same", seats: [], losses: [], resources: {} });
    expect(lab && seatsOf(lab)).toEqual([
      "seat-01 reset 20001",
      "seat-02 kept 20002",
      "seat-03 removed 20003",
    ]);
    expect(lab?.losses).toMatchObject([{ seat: "seat-03", vmid: 20003, bytes: expect.any(Number) }]);
    expect(lab?.warnings.at(-1)).toMatch(
      /^1 seat is removed with all disks; .* exists only there:\n {2}seat-03/,
    );
  });

  test("the seats of a document that goes, though the provider is not asked", () => {
    const run = { ...runs["without a class"], documents: [{ kind: "LabClass", name: "lab-two" }] };
    const [two] = findChanges(run).documents;
    expect(two).toMatchObject({ change: "delete", resources: { delete: 3 } });
    expect(two?.losses.map(({ seat, vmid }) => [seat, vmid])).toEqual([
      ["seat-01", 30001],
      ["seat-02", 30002],
      ["seat-03", 30003],
    ]);
  });

  test("what somebody else changed, which a reading found and is no change of the run's", () => {
    const { documents } = verdictOf("reading");
    expect(documents.map(({ change }) => change)).toEqual(["same", "same"]);
    const drifted = documents.flatMap(({ seats }) => seats).filter(({ change }) => change === "drifted");
    expect(drifted).toMatchObject([
      {
        name: "seat-01",
        vmid: 20001,
        drift: [{ setting: "memory", is: "512 MiB", declared: expect.any(String) }],
      },
    ]);
  });

  test("a mistake that no field's place is known of", () => {
    const { documents, refusals } = verdictOf("a mistake");
    const all = [...refusals, ...documents.flatMap((document) => document.refusals)];
    expect(all).toMatchObject([{ code: "engine.description" }]);
  });
});

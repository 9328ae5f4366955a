import { type Kind, type SizeText, systemClock, unknownValue } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { defineResource, type ResourceDefinition } from "./define-resource.ts";
import { diffProperties } from "./diff-properties.ts";
import type { ResourceContext } from "./resource-context.ts";

type Inputs = { readonly place: string; readonly size: SizeText; readonly key?: string };
type State = Inputs & { readonly vmid: number };

const kind: Kind<Inputs> = {
  name: "Sample",
  sentence: "A sample.",
  example: "",
  fields: {
    place: { kind: "text", sentence: "Where.", required: true, replaces: true },
    size: { kind: "size", whole: "MiB", least: "1MiB", sentence: "How large.", default: "1GiB" },
    key: { kind: "text", sentence: "What opens it.", secret: true },
  },
  outputs: {
    vmid: { kind: "whole", sentence: "Its number." },
    address: { kind: "text", sentence: "Its address." },
  },
  rules: [
    {
      needs: ["size"],
      find: ({ size }) => (size === "9GiB" ? [{ path: ["size"], reason: "is odd; choose an even one" }] : []),
    },
  ],
};

const context: ResourceContext = {
  urn: "urn:pulumi:dev::p::coppice:index:Sample::s",
  signal: new AbortController().signal,
  clock: systemClock,
  report: () => undefined,
  judge: () => undefined,
  inform: () => undefined,
  warn: () => undefined,
  cluster: () => Promise.reject(new Error("no cluster here")),
};

const never = () => Promise.reject(new Error("not called"));
const definition: ResourceDefinition<Inputs, State> = {
  kind,
  diff: ({ state, inputs }) => ({ changes: diffProperties(kind, state, inputs) }),
  preview: () => Promise.resolve({ vmid: 101 }),
  create: never,
  read: never,
  update: never,
  delete: never,
};
const sample = defineResource(definition);

describe("a defined resource", () => {
  test("finds everything that is wrong at once, and changes nothing then", () => {
    const inputs = { size: "large", plase: "a" };
    const { mistakes, inputs: kept } = sample.check(inputs);
    expect(mistakes.map(({ path }) => path)).toEqual([["plase"], ["size"]]);
    expect(kept).toBe(inputs);
  });

  test("fills in defaults and writes values in one way once its inputs fit", () => {
    expect(sample.check({ place: "a" })).toEqual({ inputs: { place: "a", size: "1GiB" }, mistakes: [] });
    expect(sample.check({ place: "a", size: "4096MiB" }).inputs).toEqual({ place: "a", size: "4GiB" });
  });

  test("takes no value that is not known yet for a mistake, and asks rules as soon as they can be", () => {
    expect(sample.check({ place: unknownValue, size: unknownValue })).toEqual({
      inputs: { place: unknownValue, size: unknownValue },
      mistakes: [],
    });
    expect(sample.check({ place: unknownValue, size: "9GiB" }).mistakes).toEqual([
      { path: ["size"], reason: "is odd; choose an even one" },
    ]);
  });

  test("asks what is wrong at the time that it is told, of new inputs too", () => {
    const timed = defineResource<Inputs, State>({
      ...definition,
      checkTime: (former, { place }, now) => [
        { path: ["place"], reason: `was ${JSON.stringify(former["place"])} and is ${place} at ${now}` },
      ],
    });
    const reason = (former?: Inputs, now?: number) =>
      timed.check({ place: "a" }, former, now).mistakes.map((mistake) => mistake.reason);
    expect(reason(undefined, 7)).toEqual(["was undefined and is a at 7"]);
    expect(reason({ place: "b", size: "1GiB" }, 8)).toEqual(['was "b" and is a at 8']);
    expect(reason()).toEqual(["was undefined and is a at -Infinity"]);
  });

  test("shows what it can on assumptions, and repeats what is not known as not known", async () => {
    const assuming = defineResource<Inputs, State>({
      ...definition,
      assume: ({ inputs }) => ({ ...inputs, place: "here" }),
      preview: ({ inputs }) => Promise.resolve({ vmid: inputs.place === "here" ? 101 : 0 }),
      diff: () => ({ changes: [{ path: "vmid", kind: "update" }] }),
    });
    const inputs = { place: unknownValue, size: "1GiB" };
    expect(await assuming.preview({ inputs }, context)).toMatchObject({ place: unknownValue, vmid: 101 });
    const state = { place: "there", size: "1GiB", vmid: 101 };
    const { changes } = assuming.diff({ id: "s", state, inputs });
    expect(changes.map(({ path }) => path)).toEqual(["place", "vmid"]);
  });

  test("announces a replacement when an input that replaces is not known yet", () => {
    const state = { place: "a", size: "1GiB", vmid: 101 };
    const inputs = { place: unknownValue, size: "1GiB" };
    expect(sample.diff({ id: "1", state, inputs }).changes).toEqual([
      { path: "place", kind: "update", replaces: true },
    ]);
  });

  test("previews what its author knows, repeats inputs but no secret, and leaves the rest unknown", async () => {
    const known = await sample.preview({ inputs: { place: "a", key: "k" } }, context);
    expect(known).toEqual({ place: "a", key: unknownValue, vmid: 101, address: unknownValue });
    const unknown = await sample.preview({ inputs: { place: unknownValue } }, context);
    expect(unknown).toEqual({ place: unknownValue, vmid: unknownValue, address: unknownValue });
  });
});

describe("a state that an earlier version recorded", () => {
  const recorded = { id: "1", state: { place: "a", vmid: 101 } };
  const inputs = { place: "a", size: "1GiB" };

  test("has the defaults of fields that it does not know, so that nothing differs", () => {
    expect(sample.diff({ ...recorded, inputs }).changes).toEqual([]);
  });

  test("is read by every function as its author says", async () => {
    const seen: unknown[] = [];
    const see = ({ state }: { readonly state?: State }) => seen.push(state?.size);
    const migrating = defineResource<Inputs, State>({
      ...definition,
      migrate: () => ({ place: "a", size: "8GiB", vmid: 101 }),
      diff: (wanted) => (see(wanted), { changes: [] }),
      preview: ({ recorded: of }) => (see(of ?? {}), Promise.resolve({})),
      read: (lookup) => (see(lookup), Promise.resolve(undefined)),
      update: (wanted) => (see(wanted), Promise.resolve({ state: wanted.state })),
      delete: (of) => (see(of), Promise.resolve()),
    });
    migrating.diff({ ...recorded, inputs });
    await migrating.preview({ inputs, recorded }, context);
    await migrating.read(recorded, context);
    await migrating.update({ ...recorded, inputs }, context);
    await migrating.delete(recorded, context);
    expect(seen).toEqual(Array(5).fill("8GiB"));
  });

  test("is not made up for an import, which has none", async () => {
    const importing = defineResource<Inputs, State>({
      ...definition,
      read: ({ state }) => Promise.resolve(state && { inputs: state, state }),
    });
    expect(await importing.read({ id: "1" }, context)).toBeUndefined();
  });
});

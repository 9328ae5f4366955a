import { systemClock } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { defineResource, type ResourceDefinition } from "./define-resource.ts";
import { diffProperties } from "./diff-properties.ts";
import type { ResourceContext } from "./resource-context.ts";
import type { ResourceSchema } from "./resource-schema.ts";
import { unknownValue } from "./unknown.ts";

const schema: ResourceSchema = {
  name: "Sample",
  description: "A sample.",
  inputs: {
    place: { type: "string", description: "Where.", required: true, replaces: true },
    size: { type: "integer", description: "How large." },
  },
  outputs: {
    place: { type: "string", description: "Where." },
    vmid: { type: "integer", description: "Its number." },
    address: { type: "string", description: "Its address." },
  },
};

const context: ResourceContext = {
  urn: "urn:pulumi:dev::p::coppice:index:Sample::s",
  signal: new AbortController().signal,
  clock: systemClock,
  report: () => undefined,
  inform: () => undefined,
  warn: () => undefined,
  cluster: () => Promise.reject(new Error("no cluster here")),
};

const never = () => Promise.reject(new Error("not called"));
const sampleDefinition: ResourceDefinition<
  { place: string; size?: number },
  { place: string; vmid: number }
> = {
  schema,
  check: (inputs) => ({ inputs: { size: 1, ...inputs }, failures: [] }),
  diff: ({ state, inputs }) => ({ changes: diffProperties(schema, state, inputs) }),
  preview: () => Promise.resolve({ vmid: 101 }),
  create: never,
  read: never,
  update: never,
  delete: never,
};
const sample = defineResource(sampleDefinition);

describe("a defined resource", () => {
  test("fills in defaults once its inputs fit", () => {
    expect(sample.check({ place: "a" })).toEqual({ inputs: { place: "a", size: 1 }, failures: [] });
    expect(sample.check({ size: "large" }).failures.map(({ property }) => property)).toEqual([
      "place",
      "size",
    ]);
  });

  test("shows what it can on assumptions, and repeats what is not known as not known", async () => {
    const assuming = defineResource<{ place: string; size?: number }, { place: string; vmid: number }>({
      ...sampleDefinition,
      assume: ({ inputs }) => ({ ...inputs, place: "here" }),
      preview: ({ inputs }) => Promise.resolve({ vmid: inputs.place === "here" ? 101 : 0 }),
      diff: () => ({ changes: [{ path: "vmid", kind: "update" }] }),
    });
    const inputs = { place: unknownValue };
    expect(await assuming.preview({ inputs }, context)).toMatchObject({ place: unknownValue, vmid: 101 });
    const { changes } = assuming.diff({ id: "s", state: { place: "there", vmid: 101 }, inputs });
    expect(changes.map(({ path }) => path)).toEqual(["place", "vmid"]);
  });

  test("asks a rule as soon as what it reads is known", () => {
    const ruled = defineResource<{ place: string; size?: number }, { place: string; vmid: number }>({
      ...sampleDefinition,
      rules: [
        {
          needs: ["size"],
          find: ({ size = 0 }) => (size > 9 ? [{ property: "size", reason: "too large" }] : []),
        },
      ],
    });
    expect(ruled.check({ place: unknownValue, size: 10 }).failures).toEqual([
      { property: "size", reason: "too large" },
    ]);
    expect(ruled.check({ place: unknownValue, size: unknownValue }).failures).toEqual([]);
    expect(ruled.check({ place: "a", size: 9 }).failures).toEqual([]);
  });

  test("does not show its author what is not known yet", () => {
    expect(sample.check({ place: unknownValue }).inputs).toEqual({ place: unknownValue });
  });

  test("announces a replacement when an input that replaces is not known yet", () => {
    const state = { place: "a", vmid: 101 };
    expect(sample.diff({ id: "1", state, inputs: { place: unknownValue } }).changes).toEqual([
      { path: "place", kind: "update", replaces: true },
    ]);
  });

  test("previews what its author knows, repeats inputs, and leaves the rest unknown", async () => {
    const known = await sample.preview({ inputs: { place: "a" } }, context);
    expect(known).toEqual({ place: "a", vmid: 101, address: unknownValue });
    const unknown = await sample.preview({ inputs: { place: unknownValue } }, context);
    expect(unknown).toEqual({ place: unknownValue, vmid: unknownValue, address: unknownValue });
  });
});
